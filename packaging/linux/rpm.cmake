# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

# rpmbuild finds the sonames that the programs need, which Fedora and openSUSE provide alike; package names differ.
set_for_cpack(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set_for_cpack(CPACK_RPM_COMPRESSION_TYPE xz)
set_for_cpack(CPACK_RPM_PACKAGE_RELEASE 1)
set_for_cpack(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0 AND BSD-3-Clause AND BSL-1.0 AND ISC AND MIT")
set_for_cpack(CPACK_RPM_PACKAGE_URL "${PROJECT_HOMEPAGE_URL}")
set_for_cpack(CPACK_RPM_PACKAGE_GROUP "Applications/Internet")
set_for_cpack(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
file(READ "${PROJECT_SOURCE_DIR}/packaging/description.txt" description)
string(REPLACE "\n.\n" "\n\n" description "${description}") # the dot is Debian's
set_for_cpack(CPACK_RPM_PACKAGE_DESCRIPTION "${description}")
# What QtKeychain loads at run time, and whose folders the icons are in.
set_for_cpack(CPACK_RPM_PACKAGE_REQUIRES "libsecret-1.so.0()(64bit), hicolor-icon-theme")
set(license "${CMAKE_INSTALL_DATADIR}/licenses/${PROJECT_NAME}")
set_for_cpack(CPACK_RPM_USER_FILELIST "%license /usr/${license}/LICENSE")
set(foreign_folders
    /usr/libexec /usr/lib/systemd /usr/lib/systemd/user
    /usr/share/applications /usr/share/metainfo /usr/share/licenses
    /usr/share/icons /usr/share/icons/hicolor
    /usr/share/icons/hicolor/scalable /usr/share/icons/hicolor/scalable/apps
    /usr/share/icons/hicolor/symbolic /usr/share/icons/hicolor/symbolic/apps
    /usr/share/man /usr/share/man/man1 /usr/share/man/man7
    /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/fish /usr/share/fish/vendor_completions.d
    /usr/share/zsh /usr/share/zsh/site-functions)
set_for_cpack(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION "${foreign_folders}")

string(TIMESTAMP today "%a %b %d %Y" UTC) # the commit's, by SOURCE_DATE_EPOCH
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/rpm-changelog"
    "* ${today} ${CPACK_PACKAGE_CONTACT} - ${PROJECT_VERSION}-1\n- NEWS.gz tells what is new.\n")
set_for_cpack(CPACK_RPM_CHANGELOG_FILE "${CMAKE_CURRENT_BINARY_DIR}/rpm-changelog")
# CPack has no variables for these. Of the recommended names each distribution has some; the others do no harm. The
# defines give of the same commit the same bytes, wherever and whenever it is built.
set_for_cpack(CPACK_RPM_SPEC_MORE_DEFINE "Packager: ${CPACK_PACKAGE_CONTACT}
Recommends: (gnome-keyring or kf6-kwallet or kwallet6 or keepassxc)
Recommends: (qt6-qttranslations or qt6-translations)
Suggests: (qt6-qtwayland or qt6-wayland)
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _buildhost reproducible
%define _build_id_links none")
