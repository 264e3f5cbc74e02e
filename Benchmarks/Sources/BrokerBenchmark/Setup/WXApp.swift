import IdentityBroker
import LoadGeneration
import WXAppProvider

/// The instances used for logins, and the tickets.
enum WXApp {
    static let healthy: ProviderID = "wxapp"
    static let sick: ProviderID = "sick"

    static func settings(port: Int) -> WXAppProvider.Settings {
        .init(
            userPoolId: Exchange.userPoolId,
            secret: .literal(Secret(Exchange.secret)),
            baseURL: Exchange.baseURL(port: port)
        )
    }

    /// An instance that admits this many logins at once, so that none has to queue.
    static func instance(_ id: ProviderID, port: Int, authority: String?, limits: ProviderLimits) throws
        -> ProviderInstance
    {
        try ProviderInstance(
            WXAppProvider.self,
            settings: settings(port: port),
            context: ProviderContext(id: id),
            limits: limits,
            network: network(authority: authority)
        )
    }

    static func network(authority: String?) -> NetworkPolicy {
        NetworkPolicy(caFile: authority, egress: EgressPolicy(allowedNetworks: IPNetwork.loopback))
    }

    /// The number of the first ticket that is new to a store with data of earlier runs.
    static func newTickets() -> UInt64 {
        UInt64.random(in: 1..<1_000_000_000) * 10_000_000_000
    }

    static func ticket(_ number: UInt64) -> Credential {
        let digits = String(number)
        return .ticket("ticket-" + String(repeating: "0", count: 20 - digits.count) + digits)
    }
}

extension ProviderLimits {
    /// The default limits, with room for this many logins at once and enough time for a busy machine.
    static func benchmark(inFlight: Int) -> ProviderLimits {
        ProviderLimits(timeout: .seconds(30), connectTimeout: .seconds(10), concurrency: max(inFlight, 256))
    }
}
