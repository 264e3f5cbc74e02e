import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

/// A service with clients for devices, and a person who is signed in: `tv` is public, `partner-tv`'s people are asked what it
/// may know, `box` has a secret and may not refresh, `shop-tv` may only use `wechat`, and `web` is for logins.
struct DeviceBench {
    let login: LoginBench
    let person: BrowserDouble

    var service: TokenService { login.service }
    var clock: TestClock { login.clock }

    init(store: FaultyStore = FaultyStore(), sessions: SessionLifetimes = .standard) async throws {
        login = try await LoginBench(store: store, clients: Self.clients(), sessions: sessions)
        person = BrowserDouble(login)
        _ = try await person.code()
    }

    static func clients(tv: Set<GrantType> = [.deviceCode, .refreshToken]) throws -> [TokenClient] {
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        return try [
            TokenClient(
                id: "tv", displayName: "Television", authentication: .none, grants: tv, audiences: [TokenBench.audience]
            ),
            TokenClient(
                id: "partner-tv", authentication: .none, grants: [.deviceCode], audiences: [],
                authorization: AuthorizationSettings(consent: .ask)),
            TokenClient(id: "box", authentication: secret, grants: [.deviceCode], audiences: ["a", "b"]),
            TokenClient(
                id: "shop-tv", authentication: .none, grants: [.deviceCode], audiences: [], providers: ["wechat"]),
        ] + RequestBench.clients().filter { ["web", "spa"].contains($0.id) }
    }

    func client(_ id: String = "tv") throws -> AuthenticatedClient {
        try service.clients.authenticate(id, secret: ["box", "web"].contains(id) ? Secret(TokenBench.secret) : nil)
    }

    func begin(
        _ client: String = "tv",
        scope: String? = "openid profile",
        audiences: [String] = []
    ) async throws -> IssuedDeviceCode {
        try await service.beginDevice(
            DeviceRequest(client: self.client(client), scope: scope, audiences: audiences))
    }

    func poll(_ codes: IssuedDeviceCode, as client: String = "tv") async throws -> IssuedTokens {
        try await service.redeem(DeviceCodeRequest(client: self.client(client), deviceCode: codes.deviceCode))
    }

    /// What a device learns that does not get tokens.
    func refusal(of codes: IssuedDeviceCode, as client: String = "tv") async throws -> OAuthError.Code {
        try await BrokerTokensTests.refusal { try await poll(codes, as: client) }.code
    }

    func look(_ codes: IssuedDeviceCode) async throws -> DeviceLogin {
        try await service.deviceLogin(codes.userCode.reveal(), in: person.cookies)
    }

    func answer(_ codes: IssuedDeviceCode, isAllowed: Bool = true) async throws {
        try await service.answerDeviceLogin(codes.userCode.reveal(), in: person.cookies, isAllowed: isAllowed)
    }
}
