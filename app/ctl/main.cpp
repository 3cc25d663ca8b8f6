// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/failure.h"
#include "client/output.h"
#include "client/process.h"
#include "ctl/commands.h"
#include "ctl/doctor.h"
#include "ctl/printing.h"
#include "ctl/signin.h"

#include "platform/hardening.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace latchkey::ctl;

namespace {

std::string firstOf(const std::vector<std::string> &arguments)
{
    return arguments.empty() ? "" : arguments.front();
}

//! Reads the command line; run() carries it out.
class CommandLine {
public:
    //! Defines only the command that `first` names, or all commands if it names none: building all
    //! of them takes half the time that handing out a token takes.
    explicit CommandLine(std::string_view first);

    //! Throws CLI::ParseError for errors, and also for --help and --version.
    void read(std::vector<std::string> arguments);
    [[nodiscard]] int run() const { return m_chosen(); }
    [[nodiscard]] int answer(const CLI::ParseError &error) const;

private:
    CLI::App *add(const char *command, const char *description, std::function<int()> action);
    CLI::App *add(const char *command, const char *description, std::function<void()> action,
        CommonOptions &options);
    void addSignIn();
    void addTokens();
    void addAnswers();
    void addSessions();
    void addDiagnosis();
    void addPrograms();
    void addGateway();

    struct Group {
        std::vector<std::string_view> commands;
        void (CommandLine::*add)();
    };
    static const std::array<Group, 6> groups;

    CLI::App m_app{
        "Talks to Latchkey, which keeps you signed in to your backup appliances.", "latchkeyctl"};
    std::function<int()> m_chosen;

    SignInOptions m_signIn;
    CommonOptions m_common;
    TokenOptions m_token;
    ProgramsOptions m_programs;
    std::string m_proof;
    std::string m_policy;
    std::string m_newName;
    std::string m_argument;
    bool m_forget = false;
    std::vector<std::string> m_command;
};

void addName(CLI::App *command, std::string &name)
{
    command->add_option("NAME", name, "the session's name")
        ->required()
        ->type_name("")
        ->check([](const std::string &given) {
            return given.empty() ? std::string("a session's name is not empty") : std::string();
        });
}

//! An unset variable in a script gives an empty string, which must not count as 0.
std::string problemOfNumber(const std::string &given)
{
    const bool isNumber =
        !given.empty() && given.find_first_not_of("0123456789.eE+-naif") == std::string::npos;
    return isNumber ? "" : "say how many seconds, as a number, and not '" + given + "'";
}

void addDeadline(CLI::App *command, double &deadline)
{
    command->add_option("--deadline", deadline, "give up after so many seconds")
        ->check(problemOfNumber)
        ->type_name("SECONDS")
        ->capture_default_str();
}

void addJson(CLI::App *command, bool &json)
{
    command->add_flag("--json", json, "print JSON");
}

const std::array<CommandLine::Group, 6> CommandLine::groups{{
    {{"sign-in"}, &CommandLine::addSignIn},
    {{"list", "show", "refresh", "sign-out", "rename", "policy"}, &CommandLine::addSessions},
    {{"token", "header", "exec"}, &CommandLine::addTokens},
    {{"code", "trust"}, &CommandLine::addAnswers},
    {{"watch", "ledger", "programs", "kinds", "settings", "doctor", "report", "log"},
        &CommandLine::addDiagnosis},
    {{"gateway"}, &CommandLine::addGateway},
}};

CommandLine::CommandLine(std::string_view first)
{
    m_app.set_version_flag("--version", "latchkeyctl " LATCHKEY_VERSION, "print the version");
    m_app.set_help_flag("-h,--help", "print this help");
    m_app.require_subcommand(1);
    m_app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    m_app.footer("'latchkeyctl COMMAND --help' tells more; so does latchkeyctl(1).");
    const auto isMeant = [first](const Group &group) {
        return std::find(group.commands.begin(), group.commands.end(), first)
            != group.commands.end();
    };
    const auto meant = std::find_if(groups.begin(), groups.end(), isMeant);
    const bool isAll = meant == groups.end();
    std::for_each(isAll ? groups.begin() : meant, isAll ? groups.end() : meant + 1,
        [this](const Group &group) { (this->*group.add)(); });
}

CLI::App *CommandLine::add(
    const char *command, const char *description, std::function<int()> action)
{
    CLI::App *added = m_app.add_subcommand(command, description);
    added->callback([this, chosen = std::move(action)] { m_chosen = chosen; });
    return added;
}

CLI::App *CommandLine::add(const char *command, const char *description,
    std::function<void()> action, CommonOptions &options)
{
    CLI::App *added = add(command, description, [chosen = std::move(action)] {
        chosen();
        return 0;
    });
    addDeadline(added, options.deadline);
    return added;
}

void CommandLine::addSignIn()
{
    CLI::App *signingIn = add("sign-in", "Sign in; asks for what is missing", [this] {
        printSession(signIn(m_signIn));
        return 0;
    });
    const auto text = [signingIn](
                          const char *name, auto &value, const char *type, const char *help) {
        signingIn->add_option(name, value, help)->type_name(type);
    };
    addName(signingIn, m_signIn.name);
    text("--server", m_signIn.server, "URL", "the appliance's address");
    text("--user", m_signIn.user, "USER", "the user name there");
    text("--kind", m_signIn.kind, "KIND", "the kind of appliance; else it is found out");
    text("--client-id", m_signIn.clientId, "ID", "the client's id, if the appliance wants one");
    signingIn->add_flag("--client-secret-stdin", m_signIn.clientSecretFromStdin,
        "read the client's secret from stdin, after the password");
    text("--code", m_signIn.code, "CODE", "the second factor's code");
    text("--trust", m_signIn.trust, "SHA256", "trust the certificate with this fingerprint");
    signingIn->add_flag("--password-stdin", m_signIn.passwordFromStdin,
        "read the password from the first line of stdin");
    signingIn->add_flag("--short-lived", m_signIn.shortLived, "ask for a short-lived session");
    signingIn->add_flag("--memory-only", m_signIn.memoryOnly, "keep the tokens in memory only");
    addDeadline(signingIn, m_signIn.deadline);
}

void CommandLine::addSessions()
{
    CLI::App *listing = add("list", "List the sessions", [this] { list(m_common); }, m_common);
    addJson(listing, m_common.json);

    CLI::App *showing = add("show", "Show a session", [this] { show(m_common); }, m_common);
    addName(showing, m_common.name);
    addJson(showing, m_common.json);

    CLI::App *refreshing =
        add("refresh", "Refresh a session's tokens now", [this] { refresh(m_common); }, m_common);
    addName(refreshing, m_common.name);

    CLI::App *signingOut =
        add("sign-out", "Sign out", [this] { signOut(m_common, m_forget); }, m_common);
    addName(signingOut, m_common.name);
    signingOut->add_flag("--forget", m_forget, "forget the account as well");

    CLI::App *renaming = add(
        "rename", "Give a session another name", [this] { rename(m_common, m_newName); }, m_common);
    addName(renaming, m_common.name);
    renaming->add_option("NEW", m_newName, "its new name")->required()->type_name("");

    CLI::App *deciding = add(
        "policy", "Say which programs may have a session's tokens",
        [this] { policy(m_common, m_policy); }, m_common);
    addName(deciding, m_common.name);
    deciding
        ->add_option("POLICY", m_policy, "allow all, ask a person, or never; prints it if left out")
        ->type_name("")
        ->check(CLI::IsMember({"allow", "ask", "never"}));
}

void CommandLine::addDiagnosis()
{
    CLI::App *watching =
        add("watch", "Print a JSON line for each change", [this] { watch(m_common); }, m_common);
    addName(watching, m_common.name);
    watching->get_option("NAME")->required(false);

    CLI::App *auditing =
        add("ledger", "List who was given tokens", [this] { ledger(m_common); }, m_common);
    addJson(auditing, m_common.json);
    addPrograms();

    CLI::App *telling =
        add("kinds", "List the kinds of appliance", [this] { kinds(m_common); }, m_common);
    addJson(telling, m_common.json);

    CLI::App *setting = add(
        "settings", "List the settings, and what the administrator has decided",
        [this] { settings(m_common); }, m_common);
    addJson(setting, m_common.json);

    CLI::App *examining =
        add("doctor", "Look for what is wrong", [this] { doctor(m_common); }, m_common);
    addName(examining, m_common.name);
    examining->get_option("NAME")->required(false);
    addJson(examining, m_common.json);

    CLI::App *reporting = add(
        "report", "Write what whoever can help wants to know",
        [this] { report(m_common, m_argument); }, m_common);
    reporting->add_option("FILE", m_argument, "the new file")->required()->type_name("");

    CLI::App *logging = add(
        "log", "Say how much is kept in a log", [this] { log(m_common, m_argument); }, m_common);
    logging->add_option("LEVEL", m_argument, "off, info or debug; prints it if left out")
        ->type_name("")
        ->check(CLI::IsMember({"off", "info", "debug"}));
    addJson(logging, m_common.json);
}

void CommandLine::addPrograms()
{
    CLI::App *deciding = add(
        "programs", "List which programs are allowed and blocked, and change that",
        [this] { programs(m_programs); }, m_programs);
    addJson(deciding, m_programs.json);
    const auto change = [deciding](const char *name, auto &value, const char *help) {
        return deciding->add_option(name, value, help)->type_name("PROGRAM");
    };
    CLI::Option *revoking =
        change("--revoke", m_programs.revoked, "end what was allowed to this program");
    CLI::Option *blocking =
        change("--block", m_programs.blocked, "give it nothing, and ask nobody");
    change("--unblock", m_programs.unblocked, "ask again, as the policy says")
        ->excludes(revoking)
        ->excludes(blocking);
    revoking->excludes(blocking);
    deciding->add_option("--session", m_programs.name, "revoke for this session only")
        ->type_name("SESSION")
        ->needs(revoking);
}

void CommandLine::addTokens()
{
    const auto addTo = [this](CLI::App *command) {
        addName(command, m_token.name);
        command->add_option("--min-valid", m_token.minValid, "how long it must be good for [60]")
            ->check(problemOfNumber)
            ->type_name("SECONDS");
        command->add_flag("--or-best", m_token.orBest,
            "else print the best token there is, and still exit with the reason");
    };
    addTo(add("token", "Print an access token", [this] { token(m_token); }, m_token));
    addTo(add("header", "Print an Authorization header", [this] { header(m_token); }, m_token));

    CLI::App *executing = add("exec", "Run a command with LATCHKEY_TOKEN and LATCHKEY_SERVER set",
        [this] { return exec(m_token, m_command); });
    addDeadline(executing, m_token.deadline);
    addTo(executing);
    executing->footer("The command follows after --: latchkeyctl exec NAME -- COMMAND");
}

void CommandLine::addAnswers()
{
    CLI::App *coding = add(
        "code", "Answer a second factor that a sign-in left open",
        [this] { submitCode(m_common, m_proof); }, m_common);
    addName(coding, m_common.name);
    coding->add_option("CODE", m_proof, "6 or 8 digits")->required()->type_name("");

    CLI::App *trusting = add(
        "trust", "Trust an appliance's certificate", [this] { trust(m_common, m_proof); },
        m_common);
    addName(trusting, m_common.name);
    trusting->add_option("SHA256", m_proof, "the certificate's fingerprint")
        ->required()
        ->type_name("");
}

//! The gateway is a separate program, so that its libraries do not slow this one down. It reads its
//! arguments itself, including --help.
void CommandLine::addGateway()
{
    add("gateway", "Open a local port that adds the token",
        [this]() -> int { becomeHelper("latchkey-gateway", m_command); });
}

void CommandLine::read(std::vector<std::string> arguments)
{
    // Removes the command after exec's --, because CLI11 would take an argument like [a,b] apart.
    const std::string first = firstOf(arguments);
    const auto end = arguments.end();
    auto last = first == "exec" ? std::find(arguments.begin(), end, "--") : end;
    if (last != end)
        m_command.assign(last + 1, end);
    if (first == "gateway") {
        last = arguments.begin() + 1;
        m_command.assign(last, end);
    }
    arguments.erase(last, end);
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants them
    m_app.parse(std::move(arguments));
}

//! Does not repeat unexpected words: one of them may be a password, and the program that started us
//! may keep our messages. Option names are repeated.
std::string complaint(const CLI::ParseError &error, const std::vector<std::string> &strangers)
{
    if (dynamic_cast<const CLI::ExtrasError *>(&error) == nullptr)
        return error.what();
    std::string words = "There are arguments that this command does not take:";
    for (const std::string &stranger : strangers) {
        const bool isOption = stranger.starts_with("--");
        words += isOption ? ' ' + stranger.substr(0, stranger.find('=')) : " …";
    }
    return words;
}

//! What exec was given after the name, and no -- before it.
bool isCommandWithoutDashes(const CLI::App &chosen, const std::vector<std::string> &strangers)
{
    return chosen.get_name() == "exec" && !strangers.empty() && !strangers.front().starts_with('-');
}

int CommandLine::answer(const CLI::ParseError &error) const
{
    if (error.get_exit_code() == 0) {
        std::ostringstream text;
        m_app.exit(error, text, text);
        writeOutput(text.str());
        return 0;
    }
    const auto chosen = m_app.get_subcommands();
    const auto strangers = m_app.remaining();
    const bool isUnknown = chosen.empty() && !strangers.empty();
    std::string what = isUnknown ? "There is no command '" + strangers.front() + "'."
                                 : complaint(error, m_app.remaining(true));
    const bool isExtra = dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr;
    if (isExtra && !chosen.empty()
        && isCommandWithoutDashes(*chosen.front(), m_app.remaining(true)))
        what = "Put -- before the command: latchkeyctl exec NAME -- COMMAND";
    const std::string command =
        chosen.empty() ? "latchkeyctl" : "latchkeyctl " + chosen.front()->get_name();
    writeError(errorLine(what) + "Try '" + command + " --help'.\n");
    return static_cast<int>(ExitCode::Usage);
}

int runCommandLine(std::vector<std::string> arguments)
{
    CommandLine line(firstOf(arguments));
    try {
        line.read(std::move(arguments));
    } catch (const CLI::ParseError &error) {
        return line.answer(error);
    }
    try {
        return line.run();
    } catch (const AgentError &error) {
        writeError(explanation(error));
        return static_cast<int>(error.code());
    }
}

} // namespace

int main(int argc, char **argv)
{
    latchkey::forbidCoreDumps();
    occupyStandardStreams();
    return runToEnd([=] { return runCommandLine(programArguments(argc, argv)); });
}
