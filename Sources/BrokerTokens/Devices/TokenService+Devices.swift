import Foundation
package import IdentityBroker

/// A client's request for codes for a device (RFC 8628 §3.1).
package struct DeviceRequest: Sendable {
    /// The client that asks.
    package let client: AuthenticatedClient
    /// The `scope` parameter as received; nil if there was none.
    package let scope: String?
    /// Every `audience` and `resource` parameter; empty for all of the client's.
    package let audiences: [String]

    package init(client: AuthenticatedClient, scope: String?, audiences: [String]) {
        self.client = client
        self.scope = scope
        self.audiences = audiences
    }
}

/// What a device gets: a code of its own, and one for a person to type elsewhere (RFC 8628 §3.2).
package struct IssuedDeviceCode: Sendable {
    /// `device_code`.
    package let deviceCode: Secret
    /// `user_code`.
    package let userCode: Secret
    /// How long both are good.
    package let expiresIn: Duration
    /// How long the device waits between two requests.
    package let interval: Duration
}

extension TokenService {
    /// Gives a device its codes.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client`, `invalid_scope`, `invalid_target`; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if too many devices wait, or the store fails.
    package func beginDevice(_ request: DeviceRequest) async throws(OAuthError) -> IssuedDeviceCode {
        try await perform(begin(.deviceAuthorization, by: request.client.client.id)) { _ throws(OAuthError) in
            let client = try clients.current(request.client)
            guard client.grants.contains(.deviceCode) else {
                throw OAuthError(.unauthorizedClient, "The client may not get device codes.")
            }
            let scope = try ScopeList(request.scope, allowsOffline: client.grants.contains(.refreshToken))
            guard request.audiences.allSatisfy(client.audiences.contains) else {
                throw OAuthError(.invalidTarget, "The client may not get tokens for this audience.")
            }
            let audiences =
                request.audiences.isEmpty ? client.audiences : client.audiences.filter(request.audiences.contains)
            guard waitingDevices.withLock({ $0.admit(client.id, at: clock.uptime()) }) else {
                throw OAuthError(
                    BrokerError(
                        .rateLimited, "Too many devices wait for approval.", retryAfter: DeviceAuthorization.lifetime))
            }
            let secret = BoundSecret(randomness)
            for _ in 0..<Self.attempts {
                let (now, userCode) = (clock.now(), UserCode(randomness))
                let device = DeviceAuthorization(client: client, scope: scope, audiences: audiences, at: now)
                let record = Record(device, id: secret.recordID, expiry: device.until + DeviceAuthorization.memory)
                let way = Record(
                    UserCodeRecord(device: record.id.rawValue), id: userCode.recordID, expiry: device.until)
                // Another device may have the same user code.
                let isDone = try await commit(at: now) { () throws(StoreFailure) in [try record.put(), try way.put()] }
                guard isDone else { continue }
                return IssuedDeviceCode(
                    deviceCode: secret.text, userCode: Secret(userCode.text),
                    expiresIn: DeviceAuthorization.lifetime, interval: DeviceAuthorization.interval)
            }
            throw .contended
        }
    }
}

/// How many devices wait for approval, as far as this process has let them: strangers can begin that.
struct WaitingDevices {
    private var ends: [(client: String, end: Duration)] = []
    private var first = 0
    private var counts: [String: Int] = [:]

    /// In total.
    static let most = 100_000
    /// For one client.
    static let mostOfClient = 20_000

    /// Counts one more, unless there are too many.
    mutating func admit(_ client: String, at uptime: Duration) -> Bool {
        removeEnded(at: uptime)
        guard ends.count - first < Self.most, counts[client, default: 0] < Self.mostOfClient else { return false }
        ends.append((client, uptime + DeviceAuthorization.lifetime))
        counts[client, default: 0] += 1
        return true
    }

    /// All live equally long, so those that end first are in front.
    private mutating func removeEnded(at uptime: Duration) {
        while first < ends.count, ends[first].end <= uptime {
            let client = ends[first].client
            counts[client] = counts[client].flatMap { $0 > 1 ? $0 - 1 : nil }
            first += 1
        }
        guard first > 1024, first > ends.count / 2 else { return }
        ends.removeFirst(first)
        first = 0
    }
}
