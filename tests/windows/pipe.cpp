// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

#include "client/process.h"
#include "protocol/windows.h"

#include <array>
#include <thread>

#include <winsock2.h>

#include <windows.h>

#include <sddl.h>

namespace latchkey::test {

namespace {

//! A transfer on a pipe that is read and written at the same time; 0 bytes if it has ended.
template<typename Start> DWORD transferred(HANDLE pipe, const Start &start)
{
    OVERLAPPED overlapped{};
    const protocol::Handle isOver(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    overlapped.hEvent = isOver.get();
    DWORD count = 0;
    if (start(&overlapped) == 0 && GetLastError() != ERROR_IO_PENDING)
        return 0;
    return GetOverlappedResult(pipe, &overlapped, &count, TRUE) != 0 ? count : 0;
}

void pumpOut(HANDLE pipe, SOCKET agent)
{
    std::array<char, 16384> chunk{};
    for (;;) {
        const DWORD got = transferred(pipe, [&](OVERLAPPED *overlapped) {
            return ReadFile(
                pipe, chunk.data(), static_cast<DWORD>(chunk.size()), nullptr, overlapped);
        });
        if (got == 0)
            break;
        send(agent, chunk.data(), static_cast<int>(got), 0);
    }
    shutdown(agent, SD_SEND);
}

void pumpIn(HANDLE pipe, SOCKET agent)
{
    std::array<char, 16384> chunk{};
    for (;;) {
        const int got = recv(agent, chunk.data(), static_cast<int>(chunk.size()), 0);
        const auto write = [&](OVERLAPPED *overlapped) {
            return WriteFile(pipe, chunk.data(), static_cast<DWORD>(got), nullptr, overlapped);
        };
        if (got <= 0 || transferred(pipe, write) == 0)
            break;
    }
    FlushFileBuffers(pipe); // else what is not read yet is lost
    DisconnectNamedPipe(pipe);
}

SOCKET connectedTo(u_short port)
{
    const SOCKET agent = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(agent, reinterpret_cast<sockaddr *>(&address), sizeof address);
    return agent;
}

void serve(HANDLE pipe, u_short port)
{
    const SOCKET agent = connectedTo(port);
    std::thread out(pumpOut, pipe, agent);
    pumpIn(pipe, agent);
    out.join();
    closesocket(agent);
    CloseHandle(pipe);
}

void endWithInput()
{
    std::array<char, 1> nothing{};
    while (ctl::readInput(nothing) != 0) { }
    ExitProcess(0);
}

} // namespace

int servePipe(const Arguments &arguments)
{
    WSADATA data{};
    WSAStartup(MAKEWORD(2, 2), &data);
    const std::wstring name = protocol::wide(arguments.at(0));
    const auto port = static_cast<u_short>(std::stoi(arguments.at(1)));
    const std::string owner = arguments.size() > 2 ? arguments[2] : protocol::ourUser();
    const std::string label = arguments.size() > 3 ? "S:(ML;;NW;;;" + arguments[3] + ")" : "";
    SECURITY_ATTRIBUTES security{sizeof security, nullptr, FALSE};
    ConvertStringSecurityDescriptorToSecurityDescriptorW(
        protocol::wide("O:" + owner + "D:(A;;GA;;;WD)" + label).c_str(), SDDL_REVISION_1,
        &security.lpSecurityDescriptor, nullptr);
    std::thread(endWithInput).detach();
    for (bool isFirst = true;; isFirst = false) {
        const HANDLE pipe = CreateNamedPipeW(name.c_str(),
            PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS,
            PIPE_UNLIMITED_INSTANCES, 65536, 65536, 0, &security);
        if (pipe == INVALID_HANDLE_VALUE)
            return 1;
        if (isFirst)
            ctl::writeOutput("listens\n");
        transferred(
            pipe, [pipe](OVERLAPPED *overlapped) { return ConnectNamedPipe(pipe, overlapped); });
        std::thread(serve, pipe, port).detach();
    }
}

} // namespace latchkey::test
