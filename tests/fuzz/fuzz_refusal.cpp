// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! An answer without a token: status, headers and body become an error and a short text. Inputs
//! look like HTTP: `401 refresh`, headers, an empty line, the body.

#include "fuzz/fuzz.h"

#include "base/overloaded.h"
#include "support/fakeclock.h"
#include "wire/oauth/grant.h"
#include "wire/redaction/appliancemessage.h"
#include "wire/redaction/redactor.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::fuzz {

namespace {

//! Removes and returns the first line.
QByteArray lineOf(QByteArray &text)
{
    const qsizetype end = text.indexOf('\n');
    const QByteArray line = end < 0 ? text : text.first(end);
    text = end < 0 ? QByteArray() : text.sliced(end + 1);
    return line;
}

Grant grantFrom(const QByteArray &name)
{
    if (name == "password")
        return PasswordGrant{u"operator"_s, Secret::fromBytes("p+a ss&w=ö%25"), false};
    if (name == "mfa")
        return MfaGrant{Secret::fromBytes("VGlja2V0+/=="), Secret::fromBytes("12 ab")};
    return RefreshGrant{Secret::fromBytes("refresh-1")};
}

Redactor redactorFor(const Grant &grant)
{
    Redactor redactor;
    std::visit(Overloaded{
                   [&](const PasswordGrant &g) { redactor.rememberCredential(g.password); },
                   [&](const MfaGrant &g) {
                       redactor.rememberCredential(g.ticket);
                       redactor.rememberCredential(g.code);
                   },
                   [&](const RefreshGrant &g) { redactor.rememberRefreshToken(g.refreshToken); },
               },
        grant);
    return redactor;
}

HttpOutcome outcomeFrom(QByteArray input, QByteArray &grant)
{
    const QList<QByteArray> first = lineOf(input).split(' ');
    HttpOutcome outcome;
    outcome.status = first.first().toInt();
    grant = first.last();
    for (QByteArray header = lineOf(input); !header.isEmpty(); header = lineOf(input)) {
        if (header.startsWith("Content-Type: "))
            outcome.contentType = header.sliced(14);
        else if (header.startsWith("Retry-After: "))
            outcome.retryAfter = header.sliced(13);
    }
    outcome.body = input;
    return outcome;
}

void mustBeProven(const AuthError &error, const HttpOutcome &outcome, GrantType grant)
{
    const bool isRefusal = error.type == AuthError::Type::Rejected
        || error.type == AuthError::Type::CodeRejected || error.type == AuthError::Type::Expired;
    if (!isRefusal)
        return;
    const bool isLicence = outcome.status == 403 && grant != GrantType::Refresh;
    must(outcome.status == 400 || outcome.status == 401 || isLicence,
        "only 400 and 401 end a session");
    must(outcome.contentType.toLower().contains("json") && outcome.body.contains('{'),
        "only JSON ends a session");
    must(!error.answerLost, "a refusal is an answer");
}

void mustBeHarmless(const QString &words)
{
    must(words.size() <= 200, "words are short");
    must(words.isValidUtf16(), "words have no half characters");
    must(!words.contains(u'\n') && !words.contains(u'\x1b'), "a terminal shows words as they are");
}

} // namespace

void tryOne(const QByteArray &input)
{
    QByteArray name;
    const HttpOutcome outcome = outcomeFrom(input, name);
    const Grant grant = grantFrom(name);
    const WallTime now = test::FakeClock::start;
    const AuthError error = authErrorFrom(outcome, typeOf(grant), azure(), now);
    mustBeProven(error, outcome, typeOf(grant));
    must(error.retryAfter.value_or(0s) >= 0s, "nobody comes back in the past");
    must(error.detail.size() < 100, "the log holds no body");
    const QString words = applianceMessage(outcome, redactorFor(grant));
    mustBeHarmless(words);
    for (const char *secret : {"p+a ss&w=ö%25", "VGlja2V0+/==", "12 ab", "refresh-1"}) {
        const bool isOurs =
            bodyOf(grant, azure(), {}).bytes.contains(QByteArray(secret).toPercentEncoding());
        must(!isOurs || !words.contains(QString::fromUtf8(secret)), "words hold no secret");
    }
}

} // namespace latchkey::fuzz
