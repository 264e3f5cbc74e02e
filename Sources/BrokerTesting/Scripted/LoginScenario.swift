package import Foundation
import HTTPTypes
package import IdentityBroker
package import Logging

/// Logins of one provider type through the real pipeline, at an upstream that answers as it is told.
///
/// A test describes what is unusual about the upstream or the instance, and logs people in at a ``LoginDesk``.
package protocol LoginScenario: Sendable {
    /// The instance.
    static var id: ProviderID { get }
    /// What a browser brings back from the upstream's page; `STATE` is replaced by the flow's state.
    static var callback: String { get }

    /// What the upstream does in place of its usual answers.
    var script: UpstreamScript { get set }
    /// The usual answer to a request.
    ///
    /// - Parameters:
    ///   - word: Its word.
    ///   - number: Which one of this word it is; the first is 1.
    func answer(to word: String, _ number: Int) -> UpstreamResponse
    /// The word by which the script knows a request: by default the last one of its path.
    static func word(of request: UpstreamRequest) -> String
    /// An answer with this body, under the media type that the upstream gives it: by default JSON.
    static func response(_ body: [UInt8], status: Int) -> UpstreamResponse

    /// The time at which people log in.
    var now: Date { get }
    /// The limits of the instance; by default the usual ones.
    var limits: ProviderLimits { get }
    /// The logger of the instance and of the broker.
    var logger: Logger { get set }
    /// What reads the instance's secrets; by default the process does.
    var resolver: SecretResolver { get }
}

extension LoginScenario {
    package var limits: ProviderLimits { ProviderLimits() }

    package var resolver: SecretResolver { .process }

    package static func word(of request: UpstreamRequest) -> String {
        String((request.head.path ?? "").prefix { $0 != "?" }.split(separator: "/").last ?? "")
    }

    package static func response(_ body: [UInt8], status: Int) -> UpstreamResponse {
        UpstreamResponse(
            status: .init(code: status), headerFields: [.contentType: "application/json; charset=utf-8"], body: body)
    }

    /// An answer with this text.
    package static func response(_ body: String, status: Int = 200) -> UpstreamResponse {
        response(Array(body.utf8), status: status)
    }

    /// With another answer to requests of this word.
    package func answering(_ word: String, _ body: String, status: Int = 200) -> Self {
        answering(word, Array(body.utf8), status: status)
    }

    /// With another answer to requests of this word.
    package func answering(_ word: String, _ body: [UInt8], status: Int = 200) -> Self {
        var copy = self
        copy.script.answers[word] = Self.response(body, status: status)
        return copy
    }

    /// A broker with one instance, and the upstream behind it.
    ///
    /// - Parameter transport: Another broker's, to share its upstream; nil for one of its own.
    /// - Throws: ``BrokerError`` for settings that are refused.
    package func desk<Provider: IdentityProvider>(
        _ type: Provider.Type,
        _ settings: Provider.Settings,
        at transport: ScriptedTransport? = nil
    ) throws -> LoginDesk {
        // A stopped clock, so that the result does not depend on how busy the machine is.
        let (testClock, now) = (TestClock(), now)
        let clock = BrokerClock(testClock, now: { now })
        let instance = try ProviderInstance(
            type, settings: settings,
            context: ProviderContext(id: Self.id, clock: clock, logger: logger, resolver: resolver), limits: limits)
        let upstream =
            transport
            ?? ScriptedTransport(
                script, word: { Self.word(of: $0) }, usual: { answer(to: Self.word(of: $0), $1) })
        let store = MemoryStore()
        let broker = try Broker(
            providers: [instance], transport: upstream, store: store, clock: clock, logger: logger)
        return LoginDesk(
            id: Self.id, callback: Self.callback, broker: broker, transport: upstream, store: store, clock: testClock)
    }

    /// The failure of a login; nil if it succeeds.
    package static func failure(_ login: () async throws -> Void) async -> BrokerError? {
        do {
            try await login()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }
}
