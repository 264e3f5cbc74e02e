import Foundation
import FuzzSupport
import HTTPTypes
import IdentityBroker
import OAuth2Provider
import Synchronization

/// A login by redirect at an upstream that answers from the input.
struct Login: Sendable {
    static let secret = "planted-client-secret"
    static let code = "planted.code.4711"

    /// Nil if the declaration makes no instance.
    let outcome: Result<Identity, BrokerError>?
    /// Where the browser was sent; nil if it was not.
    let url: String?
    let events: [AuditEvent]
    let requests: [UpstreamRequest]

    /// Logs in with an upstream that gives these answers, in turn.
    static func answered(_ answers: [[UInt8]], by declaration: Declaration) -> Login {
        waiting { await Login(answers, by: declaration) }
    }

    private init(_ answers: [[UInt8]], by declaration: Declaration) async {
        let transport = AnswersInTurn(answers)
        let store = MemoryStore()
        var url: String?
        do {
            guard let instance = Self.instance(by: declaration) else {
                (outcome, self.url, events, requests) = (nil, nil, [], [])
                return
            }
            let broker = try Broker(providers: [instance], transport: transport, store: store)
            let start = try await broker.beginRedirect("upstream", returningTo: "https://app.example/callback")
            url = start.url
            let state = start.flow.state.reveal()
            outcome = .success(
                try await broker.login(
                    "upstream",
                    with: .callback(
                        "code=\(Self.code)&auth_code=\(Self.code)&state=\(state)&device_id=d", of: start.flow)))
        } catch {
            outcome = .failure(error)
        }
        self.url = url
        events = store.auditEvents
        requests = transport.requests
    }

    /// An instance of a client with a secret, or without one where the upstream takes none.
    private static func instance(by declaration: Declaration) -> ProviderInstance? {
        // A host is refused where the declaration has no place for it.
        for host in [nil, "host.example"] {
            for secret in [SecretReference.literal(Secret(secret)), nil] {
                var settings = OAuth2Provider.Settings(
                    declaration: declaration, clientId: "planted-client", clientSecret: secret)
                settings.host = host
                if let instance = instance(of: settings) { return instance }
            }
        }
        return nil
    }

    private static func instance(of settings: OAuth2Provider.Settings) -> ProviderInstance? {
        do {
            return try ProviderInstance(
                OAuth2Provider.self, settings: settings, context: ProviderContext(id: "upstream"))
        } catch {
            let kind = (error as? BrokerError)?.kind
            property("An instance is refused for its settings alone", holds: kind == .misconfigured)
            return nil
        }
    }
}

/// A transport that gives one answer after the other, and the last one forever. An answer may begin with its status, as in
/// `401 {}`; others have 200.
private final class AnswersInTurn: UpstreamTransport {
    private let answers: [[UInt8]]
    private let sent = Mutex<[UpstreamRequest]>([])

    init(_ answers: [[UInt8]]) {
        self.answers = answers
    }

    var requests: [UpstreamRequest] { sent.withLock { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let count = sent.withLock { sent in
            sent.append(request)
            return sent.count
        }
        let answer = answers.isEmpty ? [] : answers[min(count, answers.count) - 1]
        guard answer.dropFirst(3).first == UInt8(ascii: " "),
            let status = Int(String(decoding: answer.prefix(3), as: UTF8.self)), (200...599).contains(status)
        else { return UpstreamResponse(status: .ok, body: answer) }
        return UpstreamResponse(status: .init(code: status), body: Array(answer.dropFirst(4)))
    }
}
