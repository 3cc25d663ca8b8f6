// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/demoappliance.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::test {

namespace {

constexpr int patience = 20'000;

} // namespace

DemoAppliance::~DemoAppliance()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    QSignalSpy finished(&m_process, &QProcess::finished);
    m_process.terminate();
    if (!finished.wait(patience))
        m_process.kill();
}

bool DemoAppliance::start(const QStringList &options)
{
    const QString program = qEnvironmentVariable("LATCHKEY_DEMO_APPLIANCE");
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QString parent = QString::number(QCoreApplication::applicationPid());
    m_process.start(program, QStringList{u"--parent"_s, parent} + options);
    if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, patience)) {
        qWarning() << "The demo appliance did not start:" << program << m_process.errorString();
        return false;
    }
    const QJsonObject ready = QJsonDocument::fromJson(m_process.readLine()).object();
    m_url = QUrl(ready.value("url"_L1).toString());
    m_control = ready.value("control"_L1).toString();
    m_sha256 = ready.value("sha256"_L1).toString();
    return m_url.isValid() && !m_control.isEmpty();
}

QSslCertificate DemoAppliance::certificate()
{
    const QString pem = control(u"/certificate"_s).object().value("pem"_L1).toString();
    return QSslCertificate(pem.toLatin1());
}

bool DemoAppliance::renewCertificate()
{
    const QString before = std::exchange(
        m_sha256, control(u"/new-certificate"_s, {}).object().value("sha256"_L1).toString());
    return !m_sha256.isEmpty() && m_sha256 != before;
}

bool DemoAppliance::setOutage(bool isOut)
{
    return control(u"/outage"_s, {{u"on"_s, isOut}}).object().contains("on"_L1);
}

bool DemoAppliance::revokeAll()
{
    return control(u"/revoke"_s, {}).object().value("revoked"_L1).toInt() > 0;
}

bool DemoAppliance::setSwitches(const QJsonObject &switches)
{
    return !control(u"/switches"_s, switches).object().contains("error"_L1);
}

qint64 DemoAppliance::counter(const QString &name)
{
    return control(u"/state"_s).object().value(name).toInteger();
}

QJsonArray DemoAppliance::log()
{
    return control(u"/log"_s).array();
}

QString DemoAppliance::code(const QString &user)
{
    return control(u"/code?user="_s + user).object().value("code"_L1).toString();
}

bool DemoAppliance::accepts(const QByteArray &accessToken)
{
    const QJsonObject question{{u"token"_s, QString::fromUtf8(accessToken)}};
    return control(u"/check"_s, question).object().value("accepted"_L1).toBool();
}

QJsonDocument DemoAppliance::control(const QString &path)
{
    return documentOf(m_network.get(QNetworkRequest(QUrl(m_control + path))));
}

QJsonDocument DemoAppliance::control(const QString &path, const QJsonObject &body)
{
    QNetworkRequest request(QUrl(m_control + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return documentOf(m_network.post(request, QJsonDocument(body).toJson()));
}

QJsonDocument DemoAppliance::documentOf(QNetworkReply *reply)
{
    QSignalSpy finished(reply, &QNetworkReply::finished);
    finished.wait(patience);
    reply->deleteLater();
    return QJsonDocument::fromJson(reply->readAll());
}

} // namespace latchkey::test
