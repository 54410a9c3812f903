#!/usr/bin/env bash
# Unpacks AOSP's adbd with Android's shell (mksh) and toybox from Debian trixie into <folder>/root, beside the system.
set -euo pipefail
folder=$1
root=$folder/root
if [ -e "$folder/ready" ]; then exit 0; fi

apt=$folder/apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$root"
: >"$apt/status"
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main' >"$apt/sources.list"
options=(
  -o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::State::lists="$apt/lists"
  -o Dir::Cache="$apt" -o Dir::Cache::archives="$apt/archives"
  -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=root
)
apt-get "${options[@]}" update -qq
apt-get "${options[@]}" install -y -qq --no-install-recommends --download-only adbd mksh toybox >/dev/null
for package in "$apt"/archives/*.deb; do dpkg-deb -x "$package" "$root"; done

# What base-files and a phone would bring.
for name in bin lib lib64 sbin; do [ -e "$root/$name" ] || ln -s "usr/$name" "$root/$name"; done
mkdir -p "$root"/{dev,proc,tmp,run,sdcard,storage/emulated,data/local/tmp,system}
ln -sfn /sdcard "$root/storage/emulated/0"
ln -sf mksh "$root/usr/bin/sh"
for name in cat chmod cp date echo grep head id ls mkdir mktemp mv nc printf rm sleep tail test wc; do
  ln -sf toybox "$root/usr/bin/$name"
done
# Android's own programs are clients of the phone's state.
client=$(dirname "$(readlink -f "$0")")/client.sh
install -m 0755 "$client" "$root/usr/bin/phone-program"
for name in am cmd content dumpsys getprop input pm screencap settings svc uiautomator wm; do
  ln -sf phone-program "$root/usr/bin/$name"
done
touch "$folder/ready"
