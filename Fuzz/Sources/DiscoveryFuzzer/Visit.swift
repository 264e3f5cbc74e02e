import Foundation
import FuzzSupport
import IdentityBroker
import OpenIDConnectProvider
import Synchronization

/// A redirect, the login that ends it, and a logout, at a provider with this discovery document. It refuses every code.
struct Visit: Sendable {
    static let issuer = "https://op.example"
    static let secret = "planted-client-secret"
    static let code = "planted.code.4711"

    /// Where the browser was sent.
    let start: Result<String, BrokerError>
    /// Why the login failed; nil if it did not, or if none began.
    let login: BrokerError.Kind?
    /// Where the browser was sent to sign out; nil if it is not.
    let logout: Result<String?, BrokerError>
    let requests: [Request]
    /// Where no secret may stand.
    let traces: [String]

    /// What must be the same for another spelling of the document.
    var way: [String] {
        let ends = [start.description, login?.rawValue ?? "", logout.map { $0 ?? "" }.description]
        return ends + requests.map { "\($0.purpose) \($0.url)" }
    }

    static func led(by document: [UInt8]) -> Visit {
        waiting {
            do {
                return try await Visit(document)
            } catch {
                // No input reaches this: the settings are fixed, and failures of a login are values. If it throws, the
                // fuzzer itself is broken.
                fatalError("No provider of these settings: \(error)")
            }
        }
    }

    private init(_ document: [UInt8]) async throws {
        let upstream = Upstream(document: document)
        let store = MemoryStore()
        let settings = OpenIDConnectProvider.Settings(
            issuer: Self.issuer, clientId: "planted-client", clientSecret: .literal(Secret(Self.secret)))
        let broker = try Broker(
            providers: [
                try ProviderInstance(
                    OpenIDConnectProvider.self, settings: settings, context: ProviderContext(id: "op"))
            ],
            transport: upstream, store: store, randomness: .counting)
        var flow: RedirectFlow?
        do throws(BrokerError) {
            let begun = try await broker.beginRedirect("op", returningTo: "https://app.example/callback")
            flow = begun.flow
            start = .success(begun.url)
        } catch {
            start = .failure(error)
        }
        var failures: [BrokerError] = []
        if let flow {
            let answer = "code=\(Self.code)&state=\(flow.state.reveal())&iss=\(Self.issuer)"
            do throws(BrokerError) {
                _ = try await broker.login("op", with: .callback(answer, of: flow))
            } catch {
                failures.append(error)
            }
        }
        login = failures.first?.kind
        do throws(BrokerError) {
            logout = .success(try await broker.logoutURL(of: "op", for: LogoutRequest(state: "state-of-the-app")))
        } catch {
            logout = .failure(error)
        }
        requests = upstream.requests
        traces =
            store.auditEvents.map { "\($0)" } + failures.map { String(reflecting: $0) }
            + [String(reflecting: start), String(reflecting: logout)]
    }
}

extension Result where Success == String, Failure == BrokerError {
    /// The address, or the kind of the failure.
    fileprivate var description: String {
        switch self {
        case .success(let url): url
        case .failure(let error): error.kind.rawValue
        }
    }
}

extension RandomSource {
    /// The same bytes in every visit, and others each time within one.
    fileprivate static var counting: RandomSource {
        let calls = Mutex<UInt8>(0)
        return RandomSource { count in
            let call = calls.withLock { calls in
                calls &+= 1
                return calls
            }
            return [UInt8](repeating: call, count: count)
        }
    }
}
