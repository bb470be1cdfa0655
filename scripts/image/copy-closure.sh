#!/bin/sh
# Copies Debian programs with the shared libraries that they load, and nothing else, to a folder:
#   copy-closure.sh BEFORE TARGET PROGRAM…
# BEFORE lists the packages of the base image (`dpkg-query -W`): what it has already, in the same version, is not
# copied. Debian's ffmpeg package pulls in graphics drivers and a compiler for them that no cut ever loads.
# Beside the files go each package's licence and its entry in /var/lib/dpkg/status.d, where scanners look for packages
# that no package manager installed.
set -eu
before=$1
target=$2
shift 2

# The libraries by the names that the loader looks for, in the folders where it found them.
files=$(for program in "$@"; do
    path=$(command -v "$program")
    echo "$path"
    ldd "$path" | awk '/not found/ { print "missing:" $1 } $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }'
done | sort -u)

for file in $files; do
    # Debian's /lib is a link to /usr/lib, and dpkg knows the file by either name.
    folder=$(readlink -f "$(dirname "$file")")
    real=$(readlink -f "$file")
    package=$(dpkg-query -S "$real" "${real#/usr}" 2>/dev/null | head -n 1 | cut -d : -f 1)
    [ -n "$package" ] || { echo "error: no package owns $real" >&2; exit 1; }
    entry=$(dpkg-query -W "$package" | head -n 1)
    if grep -qxF "$entry" "$before"; then continue; fi
    mkdir -p "$target$folder" "$target/var/lib/dpkg/status.d" "$target/usr/share/doc/$package"
    cp -L "$file" "$target$folder/$(basename "$file")"
    dpkg-query -s "$package" > "$target/var/lib/dpkg/status.d/$package"
    cp -L "/usr/share/doc/$package/copyright" "$target/usr/share/doc/$package/copyright"
done
