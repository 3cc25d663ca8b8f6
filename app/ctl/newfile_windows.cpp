// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/newfile.h"

#include "client/console_windows.h"
#include "client/failures.h"
#include "protocol/windows.h"

#include <windows.h>

#include <sddl.h>

namespace latchkey::ctl {

namespace {

//! For our user and the system, whatever the folder would give its files.
std::wstring forOurUserAlone()
{
    return protocol::wide("D:P(A;;FA;;;SY)(A;;FA;;;" + protocol::ourUser() + ")");
}

} // namespace

void writeNewFile(const std::string &path, const std::string &text)
{
    SECURITY_ATTRIBUTES security{sizeof security, nullptr, FALSE};
    if (ConvertStringSecurityDescriptorToSecurityDescriptorW(
            forOurUserAlone().c_str(), SDDL_REVISION_1, &security.lpSecurityDescriptor, nullptr)
        == 0)
        throw cannotWriteTo(path, static_cast<int>(GetLastError()));
    const HANDLE opened = CreateFileW(protocol::wide(path).c_str(), GENERIC_WRITE, 0, &security,
        CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    const int error = static_cast<int>(GetLastError());
    LocalFree(security.lpSecurityDescriptor);
    const protocol::Handle file(opened);
    if (!file && error == ERROR_FILE_EXISTS)
        throw fileIsThere(path);
    if (!file)
        throw cannotWriteTo(path, error);
    if (const int problem = writeTo(file.get(), text); problem != 0)
        throw cannotWriteTo(path, problem);
}

} // namespace latchkey::ctl
