import BrokerTesting
import Foundation
import Logging
import Testing

@testable import IdentityBroker

/// A broker with redirect providers, and its parts.
struct RedirectBench {
    static let uri = "https://app.example/callback"

    let clock = TestClock()
    var transport = ScriptedTransport()
    let store = MemoryStore()

    /// - Parameter store: Where it reserves; the bench's own by default.
    func makeBroker(
        _ settings: RedirectProvider.Settings = .init(),
        store: (any BrokerStore)? = nil,
        logger: Logger = LogRecording().makeLogger()
    ) throws -> Broker {
        let instances = try ["site", "another-site"].map { id in
            try ProviderInstance(
                RedirectProvider.self,
                settings: settings,
                context: ProviderContext(id: #require(ProviderID(id)))
            )
        }
        return try Broker(
            providers: instances + [Bench.instance()],
            transport: transport,
            store: store ?? self.store,
            clock: BrokerClock(clock, now: clock.wallClock),
            logger: logger
        )
    }

    func refusal(_ broker: Broker, of credential: Credential, at id: ProviderID = "site") async -> BrokerError? {
        await #expect(throws: BrokerError.self) { try await broker.login(id, with: credential) }
    }

    func refusal(_ broker: Broker, ofRedirectTo id: ProviderID) async -> BrokerError? {
        await #expect(throws: BrokerError.self) { try await broker.beginRedirect(id, returningTo: Self.uri) }
    }

    /// The kind that the login fails with; nil if it succeeds.
    func outcome(_ broker: Broker, of credential: Credential) async throws -> BrokerError.Kind? {
        do throws(BrokerError) {
            _ = try await broker.login("site", with: credential)
            return nil
        } catch {
            return error.kind
        }
    }
}
