// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/arguments.h"
#include "client/failure.h"
#include "client/output.h"
#include "client/process.h"
#include "gateway/broker.h"
#include "gateway/gateway.h"
#include "platform/hardening.h"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <csignal>
#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#ifdef LATCHKEY_COVERAGE
extern "C" void __gcov_dump(); // NOLINT: GCC's own name
#endif

using namespace latchkey::ctl;

namespace {

constexpr std::chrono::seconds lastPatience{1}; // how long the agent may take at the end

struct Options {
    std::string name;
    std::string listen = "127.0.0.1:0";
    std::vector<std::string> allow;
    double deadline = 10;
    bool json = false;
    bool verbose = false;
};

void describe(CLI::App &app, Options &options)
{
    app.set_help_flag("-h,--help", "print this help");
    app.add_option("NAME", options.name, "the session's name")
        ->required()
        ->type_name("")
        ->check([](const std::string &given) {
            return given.empty() ? std::string("a session's name is not empty") : std::string();
        });
    app.add_option("--listen", options.listen, "a loopback address and a port; 0 is any")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    app.add_option("--allow", options.allow,
           "let through only such requests, as in 'GET,POST /api/**' [GET,HEAD /**]")
        ->type_name("'METHODS PATH'")
        ->allow_extra_args(false);
    app.add_option("--deadline", options.deadline, "give up on a token after so many seconds")
        ->type_name("SECONDS")
        ->capture_default_str();
    app.add_flag("--json", options.json, "print the address, the key and their kin as JSON");
    app.add_flag("--verbose", options.verbose, "tell of each request on stderr");
    app.footer("Whoever knows the address that it prints can send requests as you.");
}

std::vector<AllowRule> allowancesOf(const Options &options)
{
    std::vector<AllowRule> rules(options.allow.begin(), options.allow.end());
    return rules.empty() ? readingAlone() : rules;
}

std::string introduction(const Authenticator &authenticator, bool json)
{
    if (!json)
        return authenticator.url() + "\n";
    return jsonText({{"url", authenticator.url()}, {"key", authenticator.key()},
        {"header", authenticator.header()}, {"browserUrl", authenticator.browserUrl()}});
}

//! Ends at once: there is nothing to save, and an orderly end would wait for whatever hangs, such
//! as the agent or an address lookup.
[[noreturn]] void end(int exitCode)
{
#ifdef LATCHKEY_COVERAGE
    __gcov_dump();
#endif
    std::_Exit(exitCode);
}

//! Makes sure that the agent's ledger has all uses, unless the agent is silent.
void tellLastUse(asio::io_context &context, AgentSession &session)
{
    const auto isTold = std::make_shared<std::promise<void>>();
    asio::post(context, [&context, &session, isTold] {
        asio::co_spawn(context, session.tellLastUse(),
            [isTold](const std::exception_ptr &) { isTold->set_value(); });
    });
    isTold->get_future().wait_for(lastPatience);
}

//! As it is under nohup.
bool isIgnored(int signal)
{
    struct sigaction now{};
    return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

//! Waits for signals on a thread of its own, so that it does not depend on the others. Later
//! threads inherit the signal mask.
void endBySignal(asio::io_context &context, AgentSession &session)
{
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (!isIgnored(SIGHUP))
        sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals, &context, &session] {
        int which = 0;
        sigwait(&signals, &which);
        tellLastUse(context, session);
        end(EXIT_SUCCESS);
    }).detach();
}

[[noreturn]] void serve(const Options &options)
{
    const ListenAddress address = ListenAddress::from(options.listen);
    std::vector<AllowRule> rules = allowancesOf(options);
    const Seconds patience = checkedSeconds(options.deadline, "--deadline");
    const Broker broker; // from here on no other program of the user's can look into us
    asio::io_context context{1};
    AgentSession session(context.get_executor(), options.name, patience,
        [&broker](TimePoint limit) { return broker.connect(limit); });
    session.begin(); // fails before a port is opened if there is no such session
    endBySignal(context, session);
    Limits limits;
    limits.port = std::chrono::duration_cast<Limits::Time>(patience);
    Gateway gateway(context, address, std::move(rules), session, options.verbose, limits);
    writeOutput(introduction(gateway.authenticator(), options.json));
    closeOutput();
    const std::optional<Failure> reason = gateway.run();
    if (reason)
        writeError(errorLine(reason->what()));
    end(reason ? static_cast<int>(reason->code()) : EXIT_SUCCESS);
}

int answer(const CLI::App &app, const CLI::ParseError &error)
{
    if (error.get_exit_code() == 0) {
        std::ostringstream text;
        app.exit(error, text, text);
        writeOutput(text.str());
        return EXIT_SUCCESS;
    }
    // Unexpected arguments are not repeated: one may be a secret that slipped in.
    const bool isStranger = dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr;
    const std::string what =
        isStranger ? "There are arguments that this command does not take." : error.what();
    writeError(errorLine(what) + "Try 'latchkeyctl gateway --help'.\n");
    return static_cast<int>(ExitCode::Usage);
}

int runCommandLine(int argc, char **argv)
{
    CLI::App app{"Opens a port of this computer that adds the token to all that is sent through it",
        "latchkeyctl gateway"};
    Options options;
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return answer(app, error);
    }
    serve(options);
}

} // namespace

int main(int argc, char **argv)
{
    latchkey::forbidCoreDumps(); // before there is anything to hide; see Broker
    latchkey::keepFilesPrivate();
    occupyStandardStreams();
    return runToEnd([=] { return runCommandLine(argc, argv); });
}
