import BrokerTesting
import Foundation
import Logging

@testable import IdentityBroker

/// A broker with one instance, `scripted`, every part of which a test can script and inspect.
struct Bench: Sendable {
    let clock = TestClock()
    let log = LogRecording()
    let transport: ScriptedTransport
    let store: ScriptedStore
    let broker: Broker

    init(
        transport: ScriptedTransport = ScriptedTransport(),
        store: ScriptedStore = ScriptedStore(),
        retention: Duration = .seconds(24 * 60 * 60),
        limits: ProviderLimits = ProviderLimits(),
        network: NetworkPolicy = NetworkPolicy(),
        identityPolicy: IdentityPolicy = IdentityPolicy(),
        secret: SecretReference? = nil,
        isEnabled: Bool = true,
        script: @escaping ScriptedProvider.Script = ScriptedProvider.redeem
    ) throws {
        self.transport = transport
        self.store = store
        let instance = try Self.instance(
            limits: limits, network: network, identityPolicy: identityPolicy, secret: secret, isEnabled: isEnabled,
            logger: log.makeLogger(), script)
        broker = try Broker(
            providers: [instance],
            transport: transport,
            store: store,
            retention: retention,
            clock: BrokerClock(clock, now: clock.wallClock),
            logger: log.makeLogger()
        )
    }

    static let id: ProviderID = "scripted"

    /// An instance for a broker.
    static func instance(
        _ id: ProviderID = Bench.id,
        issuer: Issuer = .example,
        limits: ProviderLimits = ProviderLimits(),
        network: NetworkPolicy = NetworkPolicy(),
        identityPolicy: IdentityPolicy = IdentityPolicy(),
        secret: SecretReference? = nil,
        isEnabled: Bool = true,
        logger: Logger = LogRecording().makeLogger(),
        _ script: @escaping ScriptedProvider.Script = ScriptedProvider.redeem
    ) throws -> ProviderInstance {
        try ProviderInstance(
            ScriptedProvider.self,
            settings: ScriptedProvider.Settings(issuer: issuer, secret: secret, script: script),
            context: ProviderContext(id: id, logger: logger),
            isEnabled: isEnabled,
            limits: limits,
            network: network,
            identityPolicy: identityPolicy
        )
    }

    var admission: AdmissionState.Summary? { broker.entry(for: Self.id)?.admission.summary }

    var audit: [AuditEvent] { store.memory.auditEvents }

    func login(
        _ credential: Credential = .ticket("ticket-1"),
        at id: ProviderID = Bench.id,
        from caller: CallerKey? = nil
    ) async throws -> Identity {
        try await broker.login(id, with: credential, from: caller)
    }

    /// The error of a login that must fail.
    func refusal(
        of credential: Credential = .ticket("ticket-1"),
        at id: ProviderID = Bench.id,
        from caller: CallerKey? = nil
    ) async throws -> BrokerError {
        do {
            let identity = try await login(credential, at: id, from: caller)
            throw UnexpectedSuccess(subject: identity.subject)
        } catch let error as BrokerError {
            return error
        }
    }

    /// Whether the store still reserves the credential.
    func isHeld(_ credential: Credential = .ticket("ticket-1")) async throws -> Bool {
        let probe = OneTimeReservation(
            key: OneTimeKey(issuer: .example, credential: credential),
            login: UUID(),
            expiry: .distantFuture
        )
        return try await !store.memory.reserve(probe, at: clock.date)
    }

    private struct UnexpectedSuccess: Error {
        let subject: String
    }
}
