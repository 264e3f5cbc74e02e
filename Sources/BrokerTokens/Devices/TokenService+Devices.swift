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
            let secret = BoundSecret(randomness)
            let former = try devices.admit(secret.recordID, of: client.id, at: clock.uptime())
            let room = former.map { [StoreOperation.delete(DeviceAuthorization.key($0))] } ?? []
            for _ in 0..<Self.attempts {
                let (now, userCode) = (clock.now(), UserCode(randomness))
                let device = DeviceAuthorization(client: client, scope: scope, audiences: audiences, at: now)
                let record = Record(device, id: secret.recordID, expiry: device.until + DeviceAuthorization.memory)
                let way = Record(
                    UserCodeRecord(device: record.id.rawValue), id: userCode.recordID, expiry: device.until)
                // Another device may have the same user code.
                let isDone = try await commit(at: now) { () throws(StoreFailure) in
                    [try record.put(), try way.put()] + room
                }
                guard isDone else { continue }
                return IssuedDeviceCode(
                    deviceCode: secret.text, userCode: Secret(userCode.text),
                    expiresIn: DeviceAuthorization.lifetime, interval: DeviceAuthorization.interval)
            }
            throw .contended
        }
    }
}
