// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/hardening.h"

#include "protocol/windows.h"

#include <cstdlib>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

// werapi.h of MinGW 10 does not compile.
extern "C" __declspec(dllimport) HRESULT WINAPI WerSetFlags(DWORD flags);

namespace latchkey {

namespace {

constexpr DWORD withoutHeap = 1; // WER_FAULT_REPORTING_FLAG_NOHEAP

LONG WINAPI endAtOnce(EXCEPTION_POINTERS *what)
{
    TerminateProcess(GetCurrentProcess(), what->ExceptionRecord->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

//! Libraries come from the system's folder or from the program's own, and not from the current
//! folder or those of PATH, nor over the network.
void loadFromTrustedFoldersOnly()
{
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_APPLICATION_DIR);
    PROCESS_MITIGATION_IMAGE_LOAD_POLICY policy{};
    policy.NoRemoteImages = 1;
    policy.NoLowMandatoryLabelImages = 1;
    policy.PreferSystem32Images = 1;
    SetProcessMitigationPolicy(ProcessImageLoadPolicy, &policy, sizeof policy);
}

//! The user's other programs may see that this one runs, wait for it and end it. "Owner rights"
//! takes away what an owner else has always: changing this list.
void closeToOtherPrograms()
{
    constexpr auto rights =
        "0x101001"; // SYNCHRONIZE, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_TERMINATE
    const std::string list = std::string("D:P(A;;GA;;;SY)(A;;") + rights + ";;;OW)(A;;" + rights
        + ";;;" + protocol::ourUser() + ")";
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (ConvertStringSecurityDescriptorToSecurityDescriptorW(
            protocol::wide(list).c_str(), SDDL_REVISION_1, &descriptor, nullptr)
        == 0)
        return;
    BOOL isThere = FALSE;
    BOOL isDefault = FALSE;
    PACL entries = nullptr;
    if (GetSecurityDescriptorDacl(descriptor, &isThere, &entries, &isDefault) != 0)
        SetSecurityInfo(GetCurrentProcess(), SE_KERNEL_OBJECT,
            DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, nullptr, nullptr,
            entries, nullptr);
    LocalFree(descriptor);
}

} // namespace

//! Windows Error Reporting makes dumps, of any program that crashes. It is not told of a crash that
//! the program ends by itself; of one that it learns of all the same, it leaves the heap out.
void forbidCoreDumps()
{
    loadFromTrustedFoldersOnly();
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(endAtOnce);
    WerSetFlags(withoutHeap);
}

//! Files inherit the list of those who may read them from their folder, and the folders of a user's
//! profile are the user's alone.
void keepFilesPrivate() { }

void hardenProcess()
{
    forbidCoreDumps();
    closeToOtherPrograms();
    // Qt would compile regular expressions, into memory that is both written and run. Ours are not
    // used often enough for that to pay.
    _putenv_s("QT_ENABLE_REGEXP_JIT", "0");
}

} // namespace latchkey
