import Foundation
import IdentityBroker

/// What has to be told to clients: that a session has ended (OpenID Connect Back-Channel Logout 1.0).
///
/// It is put in the commit that ends the session, so no client is forgotten. It holds facts: each attempt to deliver it
/// signs a token of its own.
struct LogoutNotice: RecordBody, Codable, Hashable {
    static let recordKind: RecordKind = "logout_notice"

    /// A client that has not been told yet.
    struct Delivery: Hashable, Codable {
        let client: String
        /// How often it was tried.
        var attempts = 0
        /// When it is tried next.
        var due: Date
    }

    /// How long it is tried.
    static let lifetime = Duration.seconds(24 * 60 * 60)
    /// How long an attempt may take, until which it is left to the process that makes it.
    static let claim = Duration.seconds(60)
    /// The pauses after the first attempts; later ones double.
    private static let pauses: [Int] = [2, 10, 60]

    /// The session that has ended: `sid`.
    let session: UUID
    /// Whose it was.
    let account: String
    /// Those that have not been told.
    private(set) var deliveries: [Delivery]

    /// What has to be told; nil if no client wants to know.
    init?(endOf session: StoredSession, among clients: ClientDirectory, at now: Date) {
        let told = session.session.clients.sorted()
            .filter { clients[$0]?.authorization.backchannelLogoutURI != nil }
        guard !told.isEmpty else { return nil }
        self.session = session.id
        account = session.account.description
        deliveries = told.map { Delivery(client: $0, due: now) }
    }

    /// The clients to tell now.
    func due(at now: Date) -> [String] { deliveries.filter { $0.due <= now }.map(\.client) }

    /// It while a client is being told; nil if that is not due.
    func claimed(_ client: String, at now: Date) -> LogoutNotice? {
        guard due(at: now).contains(client) else { return nil }
        var next = self
        next.deliveries = deliveries.map { delivery in
            guard delivery.client == client else { return delivery }
            var claimed = delivery
            claimed.due = now + Self.claim
            return claimed
        }
        return next
    }

    /// After an attempt at a client; nil once all have been told.
    func attempted(_ client: String, succeeding isTold: Bool, at now: Date) -> LogoutNotice? {
        var next = self
        next.deliveries = deliveries.compactMap { delivery in
            guard delivery.client == client else { return delivery }
            guard !isTold else { return nil }
            var again = delivery
            again.due = now + Self.pause(after: delivery.attempts)
            again.attempts += 1
            return again
        }
        return next.deliveries.isEmpty ? nil : next
    }

    /// - Parameter attempts: How many there were before the one that has failed.
    private static func pause(after attempts: Int) -> Duration {
        if pauses.indices.contains(attempts) { return .seconds(pauses[attempts]) }
        // A day has room for ten doublings.
        return .seconds(pauses[pauses.count - 1]) * (1 << min(attempts - pauses.count + 1, 12))
    }
}
