import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Devices without a browser (RFC 8628)")
struct DeviceTests {
    @Test("A device gets tokens once a person has allowed it, who has a session")
    func tokens() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        #expect(codes.expiresIn == .seconds(600) && codes.interval == .seconds(5))
        #expect(try await bench.refusal(of: codes) == .authorizationPending)
        let asked = try await bench.look(codes)
        #expect(asked.client == "tv" && asked.clientName == "Television" && asked.scopes == ["openid", "profile"])
        #expect(asked.began == bench.clock.date)
        try await bench.answer(codes)
        let tokens = try await bench.poll(codes)
        #expect(tokens.scope == "openid profile" && tokens.refreshToken != nil)
        let grant = try #require(try await bench.login.grant(of: tokens))
        let session = try #require(try await bench.login.records(Session.self).first)
        #expect(grant.grant.client == "tv" && grant.grant.login?.session.canonical == session.id.rawValue)
        #expect(session.body.clients.contains("tv"), "it is told of the session's end")
        let idToken = try await bench.login.idToken(tokens)
        #expect(idToken["aud"] == "tv" && idToken["sid"]?.string == session.id.rawValue && idToken["nonce"] == nil)
        #expect(bench.login.events(.deviceCode).map(\.subject) == [tokens.account.description])
        #expect(bench.login.events(.deviceApproval).map(\.client) == ["tv"])
        let refreshed = try await bench.service.refresh(
            RefreshRequest(client: bench.client(), refreshToken: try #require(tokens.refreshToken)))
        #expect(refreshed.account == tokens.account)
    }

    @Test("A device code is good once")
    func once() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        try await bench.answer(codes)
        _ = try await bench.poll(codes)
        #expect(try await bench.refusal(of: codes) == .invalidGrant)
        #expect(try await bench.login.records(DeviceAuthorization.self).isEmpty)
        #expect(try await bench.login.records(UserCodeRecord.self).isEmpty)
    }

    @Test("Of 1,000 that redeem one device code at once, one gets tokens")
    func race() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        try await bench.answer(codes)
        let (service, client) = (bench.service, try bench.client())
        let winners = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    let request = DeviceCodeRequest(client: client, deviceCode: codes.deviceCode)
                    return (try? await service.redeem(request)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try await bench.login.records(Grant.self).count == 1)
    }

    @Test("A device that is denied learns it, as often as it asks")
    func denied() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        try await bench.answer(codes, isAllowed: false)
        for _ in 1...2 { #expect(try await bench.refusal(of: codes) == .accessDenied) }
        #expect(try await refusal { try await bench.answer(codes) }.code == .invalidRequest, "it was answered")
        #expect(bench.login.events(.deviceApproval).first?.notices == ["device_denied"])
    }

    @Test("After ten minutes nobody can allow it, and the device learns that")
    func expiry() async throws {
        let bench = try await DeviceBench()
        let (codes, late) = (try await bench.begin(), try await bench.begin())
        bench.clock.advance(by: .seconds(599))
        try await bench.answer(late)
        bench.clock.advance(by: .seconds(1))
        for code in [codes, late] { #expect(try await bench.refusal(of: code) == .expiredToken) }
        #expect(try await refusal { try await bench.answer(codes) }.code == .invalidRequest)
        bench.clock.advance(by: .seconds(600))
        #expect(try await bench.refusal(of: codes) == .invalidGrant)
    }

    @Test("A device that does not wait is slowed down by five seconds each time, up to a minute")
    func slowDown() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        #expect(try await bench.refusal(of: codes) == .authorizationPending)
        bench.clock.advance(by: .seconds(4))
        #expect(try await bench.refusal(of: codes) == .slowDown)
        bench.clock.advance(by: .seconds(5))
        #expect(try await bench.refusal(of: codes) == .slowDown, "it has to wait 10 seconds now")
        bench.clock.advance(by: .seconds(6))
        #expect(try await bench.refusal(of: codes) == .authorizationPending, "15 seconds have passed")
        for _ in 1...20 { #expect(try await bench.refusal(of: codes) == .slowDown) }
        let record = try #require(try await bench.login.records(DeviceAuthorization.self).first)
        #expect(record.body.interval == .seconds(60))
        let writes = bench.login.store.count(of: .commit)
        #expect(try await bench.refusal(of: codes) == .slowDown)
        #expect(bench.login.store.count(of: .commit) == writes, "what cannot be slowed down writes nothing")
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.refusal(of: codes) == .authorizationPending)
    }

    @Test("To wait is no refusal in the audit log")
    func audit() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin("box")
        for _ in 1...3 { _ = try await bench.refusal(of: codes, as: "box") }
        #expect(bench.login.events(.deviceCode).isEmpty)
        #expect(try await bench.refusal(of: codes) == .invalidGrant, "it is another client's")
        _ = try await bench.answer(codes, isAllowed: false)
        #expect(try await bench.refusal(of: codes, as: "box") == .accessDenied)
        #expect(bench.login.events(.deviceCode).map(\.failure) == ["invalid_grant", "access_denied"])
    }

    @Test("A client that may not gets no codes, and no tokens for another's")
    func clients() async throws {
        let bench = try await DeviceBench()
        #expect(try await refusal { try await bench.begin("web") }.code == .unauthorizedClient)
        let codes = try await bench.begin()
        try await bench.answer(codes)
        #expect(try await bench.refusal(of: codes, as: "partner-tv") == .invalidGrant)
        #expect(try await bench.refusal(of: codes, as: "web") == .unauthorizedClient)
        try bench.service.replaceClients(with: ClientDirectory(DeviceBench.clients(tv: [.refreshToken])))
        #expect(try await bench.refusal(of: codes) == .unauthorizedClient)
    }

    @Test("Scopes and audiences are those of the client, and of no one else")
    func permission() async throws {
        let bench = try await DeviceBench()
        #expect(try await refusal { try await bench.begin(scope: "admin") }.code == .invalidScope)
        #expect(try await refusal { try await bench.begin("box", scope: "offline_access") }.code == .invalidScope)
        #expect(try await refusal { try await bench.begin(audiences: ["https://other"]) }.code == .invalidTarget)
        let codes = try await bench.begin("box", scope: nil, audiences: ["b"])
        try await bench.answer(codes)
        let tokens = try await bench.poll(codes, as: "box")
        #expect(tokens.scope.isEmpty && tokens.idToken == nil && tokens.refreshToken == nil)
        #expect(try await bench.service.verifier.verify(tokens.accessToken.reveal()).audiences == ["b"])
    }

    @Test("Without audiences, the token is for the issuer, which opens userinfo")
    func audience() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin("partner-tv")
        try await bench.answer(codes)
        let tokens = try await bench.poll(codes, as: "partner-tv")
        #expect(
            try await bench.service.verifier.verify(tokens.accessToken.reveal()).audiences == [TokenBench.issuer])
        _ = try await bench.service.userInfo(tokens.accessToken)
    }

    @Test("Whoever is asked for consent has given it", arguments: [("tv", false), ("partner-tv", true)])
    func consent(client: String, isKept: Bool) async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin(client)
        try await bench.answer(codes)
        #expect(try await bench.login.records(Consent.self).map(\.body.client) == (isKept ? [client] : []))
        let tokens = try await bench.poll(codes, as: client)
        try await bench.service.withdrawConsent(of: tokens.account, for: client)
        #expect(try await refusal { try await bench.service.userInfo(tokens.accessToken) }.code == .invalidToken)
    }
}
