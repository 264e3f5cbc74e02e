import HTTPTypes
import IdentityBroker

/// A browser at the example app, by its cookie.
struct ExampleVisit: Sendable, Hashable {
    private static let name = "identity-broker-example-app"

    private let value: String

    /// A browser that comes for the first time.
    init() {
        value = RandomSource.system.bytes(32).hexadecimal
    }

    /// The browser of a request; nil if it brings no cookie.
    init?(in headers: HTTPFields) {
        let pairs = headers[values: .cookie].joined(separator: ";").split(separator: ";").map { $0.drop { $0 == " " } }
        guard let pair = pairs.first(where: { $0.hasPrefix("\(Self.name)=") }) else { return nil }
        value = String(pair.dropFirst(Self.name.utf8.count + 1))
    }

    /// The value of `Set-Cookie`.
    var cookie: String { "\(Self.name)=\(value); Path=/; HttpOnly; SameSite=Lax" }
}

/// What the example app knows about its visitors. It forgets the oldest, so that no number of them fills the memory.
struct ExampleVisits: Sendable {
    private enum Standing: Sendable {
        case leaving(RedirectFlow)
        case signedIn(Identity)
    }

    private static let most = 1_000

    private var standings: [ExampleVisit: Standing] = [:]
    private var order: [ExampleVisit] = []

    /// Someone leaves for the service.
    mutating func begin(_ flow: RedirectFlow, in visit: ExampleVisit) {
        set(.leaving(flow), for: visit)
    }

    /// The login that someone has begun; it can be finished once.
    mutating func flow(of visit: ExampleVisit) -> RedirectFlow? {
        guard case .leaving(let flow)? = standings[visit] else { return nil }
        leave(visit)
        return flow
    }

    mutating func enter(_ identity: Identity, in visit: ExampleVisit) {
        set(.signedIn(identity), for: visit)
    }

    func person(of visit: ExampleVisit) -> Identity? {
        if case .signedIn(let identity)? = standings[visit] { identity } else { nil }
    }

    mutating func leave(_ visit: ExampleVisit) {
        standings[visit] = nil
        order.removeAll { $0 == visit }
    }

    private mutating func set(_ standing: Standing, for visit: ExampleVisit) {
        leave(visit)
        if order.count == Self.most { leave(order[0]) }
        standings[visit] = standing
        order.append(visit)
    }
}
