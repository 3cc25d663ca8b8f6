// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/connection.h"

#include "client/failures.h"
#include "protocol/agentaddress.h"
#include "protocol/windows.h"

#include <algorithm>
#include <optional>

#include <windows.h>

#include <winternl.h>

namespace latchkey::ctl {

namespace {

using protocol::Handle;

//! winternl.h of the SDK has neither (ntifs.h of the driver kit does).
constexpr auto filePipeLocalInformation = static_cast<FILE_INFORMATION_CLASS>(24);
struct PipeState {
    ULONG type, configuration, maximumInstances, currentInstances, inboundQuota, readable;
    ULONG outboundQuota, writable, state, end;
};
constexpr ULONG pipeIsClosing = 4;
constexpr DWORD howOftenToLookAtOutput = 1000; // ms

DWORD timeLeft(TimePoint limit)
{
    using namespace std::chrono;
    if (limit == TimePoint::max())
        return INFINITE;
    const auto left = ceil<milliseconds>(limit - steady_clock::now()).count();
    return static_cast<DWORD>(std::clamp<long long>(left, 0, INFINITE - 1));
}

int lastError()
{
    return static_cast<int>(GetLastError());
}

HANDLE asPipe(NativeConnection native)
{
    return reinterpret_cast<HANDLE>(native);
}

//! Whether \a address can only be a pipe of this computer. Any other file could be opened as well.
bool isPipe(const std::string &address)
{
    constexpr std::string_view folder = R"(\\.\pipe\)";
    return address.size() > folder.size() && address.starts_with(folder);
}

//! Whoever is at the other end can find out who we are, but not act in our name.
HANDLE openedPipe(const std::wstring &name)
{
    return CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
        FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
}

HANDLE connected(const std::string &address, TimePoint limit)
{
    const std::wstring name = protocol::wide(address);
    for (;;) {
        const HANDLE pipe = openedPipe(name);
        if (pipe != INVALID_HANDLE_VALUE)
            return pipe;
        const int error = lastError();
        if (error == ERROR_FILE_NOT_FOUND)
            throw notRunning();
        if (error != ERROR_PIPE_BUSY)
            throw notReachable(address, error);
        const DWORD left = timeLeft(limit);
        // 0 would mean the pipe's own default.
        if (left == 0
            || (WaitNamedPipeW(name.c_str(), left) == 0 && lastError() == ERROR_SEM_TIMEOUT))
            throw noAnswer();
    }
}

//! Refuses another user's agent, because we send passwords down this pipe: anybody can make a pipe
//! of this name while no agent runs. The owner of a pipe is whoever made it, and nobody can name
//! another. A browser's sandbox has our user, but less of the system's trust than we have. The pipe
//! is asked as well as the process, whose number may be another's by now.
void requireOwnAgent(HANDLE pipe, const std::string &address)
{
    const std::string ours = protocol::ourUser();
    if (ours.empty() || protocol::ownerOf(pipe) != ours)
        throw socketOfAnother();
    ULONG number = 0;
    if (GetNamedPipeServerProcessId(pipe, &number) == 0)
        throw socketOfAnother();
    const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number));
    if (!process || protocol::userOf(process.get()) != ours)
        throw socketOfAnother();
    constexpr unsigned long usual = SECURITY_MANDATORY_MEDIUM_RID;
    const auto needed = std::min(usual, protocol::integrityOf(GetCurrentProcess()).value_or(usual));
    if (protocol::integrityOf(process.get()).value_or(0) < needed
        || protocol::integrityOfPipe(pipe).value_or(0) < needed)
        throw agentLessTrusted(address);
}

//! Whether stdout is a pipe that nobody reads any more.
bool isOutputClosed()
{
    PipeState state{};
    IO_STATUS_BLOCK status{};
    const auto result = NtQueryInformationFile(
        GetStdHandle(STD_OUTPUT_HANDLE), &status, &state, sizeof state, filePipeLocalInformation);
    return result == 0 && state.state == pipeIsClosing;
}

//! One read or write that is under way. The system uses the memory that was given until it is over,
//! so it is ended at the latest with this object.
class Transfer {
public:
    explicit Transfer(HANDLE pipe)
        : m_pipe(pipe)
        , m_isOver(CreateEventW(nullptr, TRUE, FALSE, nullptr))
    {
        m_overlapped.hEvent = m_isOver.get();
    }
    ~Transfer()
    {
        if (!m_isPending)
            return;
        DWORD count = 0;
        CancelIoEx(m_pipe, &m_overlapped);
        GetOverlappedResult(m_pipe, &m_overlapped, &count, TRUE);
    }
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    OVERLAPPED *overlapped() { return &m_overlapped; }

    //! How many bytes were transferred; nothing if the other end has closed.
    [[nodiscard]] std::optional<std::size_t> end(
        BOOL isStarted, TimePoint limit, bool endsWithOutput)
    {
        m_isPending = isStarted != 0 || GetLastError() == ERROR_IO_PENDING;
        while (m_isPending && !isOver(limit, endsWithOutput)) { }
        DWORD count = 0;
        const bool isDone =
            m_isPending && GetOverlappedResult(m_pipe, &m_overlapped, &count, FALSE) != 0;
        m_isPending = false;
        if (isDone)
            return count;
        const int error = lastError();
        if (error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA
            || error == ERROR_PIPE_NOT_CONNECTED)
            return std::nullopt;
        throw connectionBroke(error);
    }

private:
    bool isOver(TimePoint limit, bool endsWithOutput) const
    {
        const DWORD left = timeLeft(limit);
        const DWORD wait = endsWithOutput ? std::min(left, howOftenToLookAtOutput) : left;
        if (WaitForSingleObject(m_isOver.get(), wait) == WAIT_OBJECT_0)
            return true;
        if (endsWithOutput && isOutputClosed())
            throw OutputClosed();
        if (timeLeft(limit) == 0)
            throw noAnswer();
        return false;
    }

    HANDLE m_pipe;
    Handle m_isOver;
    OVERLAPPED m_overlapped{};
    bool m_isPending = false;
};

} // namespace

void Connection::open(const std::string &address, TimePoint limit)
{
    if (address.size() > protocol::longestAddress())
        throw socketPathTooLong(address);
    if (!isPipe(address))
        throw notReachable(address, ERROR_BAD_PATHNAME);
    const HANDLE pipe = connected(address, limit);
    m_native = reinterpret_cast<NativeConnection>(pipe);
    requireOwnAgent(pipe, address);
}

Connection::~Connection()
{
    if (m_native >= 0)
        CloseHandle(asPipe(m_native));
}

void Connection::send(std::string_view bytes, TimePoint limit)
{
    while (!bytes.empty()) {
        Transfer transfer(asPipe(m_native));
        const BOOL isStarted = WriteFile(asPipe(m_native), bytes.data(),
            static_cast<DWORD>(bytes.size()), nullptr, transfer.overlapped());
        const auto sent = transfer.end(isStarted, limit, m_endsWithOutput);
        if (!sent)
            return; // what the agent said before it closed can still be read
        bytes.remove_prefix(*sent);
    }
}

std::size_t Connection::receive(std::span<char> chunk, TimePoint limit)
{
    Transfer transfer(asPipe(m_native));
    const BOOL isStarted = ReadFile(asPipe(m_native), chunk.data(),
        static_cast<DWORD>(chunk.size()), nullptr, transfer.overlapped());
    return transfer.end(isStarted, limit, m_endsWithOutput).value_or(0);
}

} // namespace latchkey::ctl
