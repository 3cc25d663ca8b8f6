// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/windows.h"

#include <vector>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

namespace latchkey::protocol {

namespace {

//! What the token of \a process says of one thing; empty if the system does not tell.
std::vector<unsigned char> told(HANDLE process, TOKEN_INFORMATION_CLASS thing)
{
    HANDLE opened = nullptr;
    if (OpenProcessToken(process, TOKEN_QUERY, &opened) == 0)
        return {};
    const Handle token(opened);
    DWORD size = 0;
    GetTokenInformation(token.get(), thing, nullptr, 0, &size);
    std::vector<unsigned char> answer(size);
    if (size == 0 || GetTokenInformation(token.get(), thing, answer.data(), size, &size) == 0)
        return {};
    return answer;
}

std::string textOf(PSID sid)
{
    wchar_t *text = nullptr;
    if (ConvertSidToStringSidW(sid, &text) == 0)
        return {};
    std::string result = narrow(text);
    LocalFree(text);
    return result;
}

//! The level that the SID of a label stands for.
std::optional<unsigned long> levelOf(PSID label)
{
    const DWORD parts = *GetSidSubAuthorityCount(label);
    if (parts == 0)
        return std::nullopt;
    return *GetSidSubAuthority(label, parts - 1);
}

} // namespace

std::wstring wide(std::string_view text)
{
    const int size = static_cast<int>(text.size());
    std::wstring result;
    result.resize(
        static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)));
    MultiByteToWideChar(
        CP_UTF8, 0, text.data(), size, result.data(), static_cast<int>(result.size()));
    return result;
}

std::string narrow(std::wstring_view text)
{
    const int size = static_cast<int>(text.size());
    std::string result;
    result.resize(static_cast<std::size_t>(
        WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr)));
    WideCharToMultiByte(CP_UTF8, 0, text.data(), size, result.data(),
        static_cast<int>(result.size()), nullptr, nullptr);
    return result;
}

std::string environmentVariable(const wchar_t *name)
{
    std::wstring value(GetEnvironmentVariableW(name, nullptr, 0), L'\0');
    value.resize(GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
    return narrow(value);
}

Handle::~Handle()
{
    if (*this)
        CloseHandle(m_handle);
}

Handle::operator bool() const
{
    return m_handle != nullptr && m_handle != INVALID_HANDLE_VALUE;
}

std::string userOf(void *process)
{
    std::vector<unsigned char> user = told(process, TokenUser);
    return user.empty() ? "" : textOf(reinterpret_cast<const TOKEN_USER *>(user.data())->User.Sid);
}

std::string ourUser()
{
    return userOf(GetCurrentProcess());
}

std::string ownerOf(void *pipe)
{
    PSID owner = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (GetSecurityInfo(pipe, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr,
            nullptr, nullptr, &descriptor)
        != ERROR_SUCCESS)
        return {};
    std::string result = owner == nullptr ? "" : textOf(owner);
    LocalFree(descriptor);
    return result;
}

std::optional<unsigned long> integrityOf(void *process)
{
    std::vector<unsigned char> label = told(process, TokenIntegrityLevel);
    if (label.empty())
        return std::nullopt;
    return levelOf(reinterpret_cast<const TOKEN_MANDATORY_LABEL *>(label.data())->Label.Sid);
}

std::optional<unsigned long> integrityOfPipe(void *pipe)
{
    PACL labels = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (GetSecurityInfo(pipe, SE_KERNEL_OBJECT, LABEL_SECURITY_INFORMATION, nullptr, nullptr,
            nullptr, &labels, &descriptor)
        != ERROR_SUCCESS)
        return std::nullopt;
    // What has no label counts as this.
    std::optional<unsigned long> level = SECURITY_MANDATORY_MEDIUM_RID;
    void *entry = nullptr;
    if (labels != nullptr && GetAce(labels, 0, &entry) != 0)
        level = levelOf(&static_cast<SYSTEM_MANDATORY_LABEL_ACE *>(entry)->SidStart);
    LocalFree(descriptor);
    return level;
}

} // namespace latchkey::protocol
