# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

set_for_cpack(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set_for_cpack(CPACK_DEBIAN_PACKAGE_SECTION utils)
set_for_cpack(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set_for_cpack(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set_for_cpack(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# QtKeychain's way to the Secret Service, loaded at run time, where shlibdeps cannot see it.
set_for_cpack(CPACK_DEBIAN_PACKAGE_DEPENDS libsecret-1-0)
set_for_cpack(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnome-keyring | kwalletmanager | keepassxc, dbus-user-session, qt6-translations-l10n")
set_for_cpack(CPACK_DEBIAN_PACKAGE_SUGGESTS "qt6-wayland")
