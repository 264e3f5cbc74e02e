import HTTPTypes
import IdentityBroker
import Logging
import StrictJSON

/// A small provider that does what it should, unless a ``Defect`` makes it do one thing wrong.
struct ExemplarProvider: IdentityProvider {
    let issuer: Issuer
    private let settings: Settings
    private let endpoint: UpstreamURL
    private let secret: Secret?
    private let context: ProviderContext
    private let keepsake = Keepsake()
    private let defect = Defect.current
    /// What no provider should keep: a secret as plain text.
    private let openSecret: String?

    init(settings: Settings, context: ProviderContext) throws {
        guard let endpoint = UpstreamURL(settings.baseURL), !settings.tenant.isEmpty else {
            throw BrokerError(.misconfigured, "baseURL is not a URL, or tenant is empty.")
        }
        let name = settings.issuer ?? "\(endpoint)/\(settings.tenant)"
        guard let issuer = Issuer(defect == .issuerFollowsInstance ? "\(name)/\(context.id)" : name) else {
            throw BrokerError(.misconfigured, "issuer is empty or has white space in it.")
        }
        self.issuer = issuer
        self.settings = settings
        self.context = context
        self.endpoint = endpoint.appending(settings.tenant, "exchange")
        secret =
            defect == .goesOnWithoutSecret
            ? try? context.resolve(settings.secret) : try context.resolve(settings.secret)
        openSecret = defect == .showsSecret ? secret?.reveal() : nil
        if defect == .readsEnvironment { _ = try? context.resolve(.environment("HOME")) }
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        await keepsake.arrive(if: defect == .holdsOthersUp)
        defer { keepsake.leave() }
        let request = request(for: credential)
        if defect == .logsSecret { exchange.logger.trace("asking with \(secret?.reveal() ?? "")") }
        if defect == .logsPartOfCredential {
            exchange.logger.trace("asking with \(credential.value.reveal().prefix(16))")
        }
        let response: UpstreamResponse
        do {
            response = try await exchange.send(request)
        } catch {
            response = try await recover(from: error, of: request, in: exchange)
        }
        let record = try ExemplarRecord(response, defect: defect, credential: credential, at: exchange.now)
        if defect == .asksAgain { _ = try? await exchange.send(followUp) }
        return try identity(of: keepsake.record(record, if: defect == .sharesState), with: credential)
    }

    private func request(for credential: Credential) -> UpstreamRequest {
        let body = #"{"ticket":"\#(credential.value.reveal())","secret":"\#(secret?.reveal() ?? "")"}"#
        return .post(json: Array(body.utf8), to: endpoint)
    }

    private var followUp: UpstreamRequest { UpstreamRequest(method: .get, url: endpoint) }

    private func identity(of record: ExemplarRecord, with credential: Credential) throws -> UpstreamIdentity {
        var subject = Agreement(on: "subject")
        try record.state(into: &subject, defect: defect)
        var identity = UpstreamIdentity(standing: record.standing(defect: defect), subject: subject)
        if defect != .takesAnyAudience {
            var tenant = Agreement(on: "tenant")
            tenant.add(settings.tenant, at: "settings.tenant")
            tenant.add(record.tenant ?? "", at: "tenant")
            identity.agreements = [tenant]
        }
        identity.claims = record.claims(locale: settings.locale, defect: defect)
        identity.token = record.token.map { Secret($0) }
        identity.attributes["company"] = record.company.map { .string($0) }
        if defect == .recordsUnlistedNotice { identity.notices.append(Notice(rawValue: "surprise")) }
        if defect == .keepsPartOfCredential {
            identity.attributes["hint"] = .string(String(credential.value.reveal().prefix(16)))
        }
        if defect == .countsPeople { record.count() }
        return identity
    }

    /// What the provider does about a failed request: nothing, unless it has a defect.
    private func recover(
        from error: BrokerError,
        of request: UpstreamRequest,
        in exchange: ExchangeContext
    ) async throws -> UpstreamResponse {
        switch (defect, error.kind) {
        case (.sendsAgain, .upstreamUnavailable):
            var again = request
            again.head.headerFields[.acceptLanguage] = "en"
            return try await exchange.send(again)
        case (.followsRedirects, .upstreamMisbehaved):
            _ = try? await exchange.send(followUp)
        case (.connectsItself, .unavailable):
            RawConnection.open(to: endpoint)
        case (.hidesCancellation, .cancelled), (.hidesTimeOut, .timedOut):
            throw BrokerError(.upstreamUnavailable, "The upstream is down.")
        case (.blamesCredential, .upstreamUnavailable):
            throw BrokerError(.invalidCredential, "The ticket is no good.")
        case (.outlivesLogin, .cancelled):
            await Task.detached { try? await Task.sleep(for: .seconds(60)) }.value
        default:
            break
        }
        throw error
    }
}
