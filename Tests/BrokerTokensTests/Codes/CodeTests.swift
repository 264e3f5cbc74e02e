import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Authorization codes")
struct CodeTests {
    @Test("A code gives its client tokens for the person who signed in")
    func tokens() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        bench.clock.advance(by: .seconds(59))
        let tokens = try await bench.redeem(code)
        let grant = try #require(try await bench.grant(of: tokens))
        #expect(grant.account == tokens.account && grant.grant.client == "web" && grant.grant.provider == "wxapp")
        #expect(tokens.scope == "openid profile" && tokens.refreshToken != nil && tokens.idToken != nil)
        #expect(grant.grant.opened == bench.clock.date && grant.grant.authenticated == bench.clock.date - .seconds(59))
        #expect(bench.events(.authorizationCode).map(\.failure) == [nil])
        #expect(bench.events(.authorizationCode).map(\.subject) == [tokens.account.description])
        #expect(bench.events(.authorization).map(\.client) == ["web"])
    }

    @Test("A code lives for a minute, on whichever side of it the clock is")
    func expiry() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        bench.clock.advance(by: .seconds(60))
        #expect(try await refusal { try await bench.redeem(code) }.code == .invalidGrant)
        #expect(try await bench.records(Grant.self).isEmpty)
    }

    @Test("A second use is refused, and ends what the first one got", arguments: [1, 30, 3000])
    func reuse(seconds: Int) async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        let tokens = try await bench.redeem(code)
        let refreshed = try await bench.refresh(tokens.refreshToken)
        bench.clock.advance(by: .seconds(seconds))
        let error = try await refusal { try await bench.redeem(code) }
        #expect(error.code == .invalidGrant)
        #expect(try await refusal { try await bench.refresh(refreshed.refreshToken) }.code == .invalidGrant)
        #expect(try await bench.grant(of: try await bench.redeem(BrowserDouble(bench).code())) != nil)
        let events = bench.events(.authorizationCode).filter { $0.failure != nil }
        #expect(events.map(\.notices) == [["authorization_code_reused"]])
        #expect(try await refusal { try await bench.redeem(code) }.code == .invalidGrant)
    }

    @Test("After a second use, userinfo refuses the first one's access token")
    func reuseAtUserInfo() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        let tokens = try await bench.redeem(code)
        _ = try await bench.service.userInfo(tokens.accessToken)
        _ = try await refusal { try await bench.redeem(code) }
        #expect(try await refusal { try await bench.service.userInfo(tokens.accessToken) }.code == .invalidToken)
    }

    @Test("Another client, redirect URI or verifier, or none, gets nothing, and the code stays good")
    func binding() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        let refusals = [
            try await refusal { try await bench.redeem(code, as: "partner") },
            try await refusal { try await bench.redeem(code, as: "spa") },
            try await refusal { try await bench.redeem(code, redirectURI: RequestBench.redirectURI + "?") },
            try await refusal { try await bench.redeem(code, redirectURI: "https://app.example.com/other?tenant=1") },
            try await refusal { try await bench.redeem(code, verifier: nil) },
            try await refusal { try await bench.redeem(code, verifier: Secret(String(repeating: "a", count: 43))) },
        ]
        #expect(Set(refusals).count == 1 && refusals.first?.code == .invalidGrant, "guessing reveals nothing")
        _ = try await bench.redeem(code)
    }

    @Test("Only a code in the one form is looked up", arguments: ["", "a", "a.b", String(repeating: "A", count: 42)])
    func form(code: String) async throws {
        let bench = try await LoginBench()
        let looks = bench.store.count(of: .record)
        #expect(try await refusal { try await bench.redeem(code) }.code == .invalidGrant)
        #expect(bench.store.count(of: .record) == looks)
    }

    @Test("A client that may not redeem codes is told so")
    func unauthorized() async throws {
        let bench = try await LoginBench()
        #expect(try await refusal { try await bench.redeem("a", as: "machine") }.code == .unauthorizedClient)
    }

    @Test("A store contains no code")
    func digest() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        let record = try #require(try await bench.records(IssuedCode.self).first)
        #expect(!record.id.rawValue.contains(code))
        #expect(!String(decoding: try record.body.recordBody(), as: UTF8.self).contains(code))
        #expect(record.expiry == bench.clock.date + .seconds(60))
    }

    @Test("A provider that is switched off, or a client that is changed, while the code is under way gets nothing")
    func changes() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        bench.broker.setEnabled(false, for: "wxapp")
        #expect(try await refusal { try await bench.redeem(code) }.kind == .providerDisabled)
        bench.broker.setEnabled(true, for: "wxapp")
        let clients = try RequestBench.clients()
        let authenticated = CodeRequest(
            client: try bench.client("web"), code: Secret(code), redirectURI: RequestBench.redirectURI,
            verifier: RequestBench.verifier)
        try bench.service.replaceClients(with: ClientDirectory(clients.filter { $0.id != "web" }))
        #expect(try await refusal { try await bench.service.redeem(authenticated) }.code == .invalidClient)
        let restricted = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience], providers: ["wechat"],
            authorization: AuthorizationSettings(redirectURIs: [RequestBench.redirectURI]))
        let moved = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience],
            authorization: AuthorizationSettings(redirectURIs: ["https://app.example.com/moved"]))
        for changed in [restricted, moved] {
            try bench.service.replaceClients(with: ClientDirectory([changed]))
            #expect(try await refusal { try await bench.redeem(code) }.code == .invalidGrant)
        }
        try bench.service.replaceClients(with: ClientDirectory(clients))
        _ = try await bench.redeem(code)
    }

    @Test("A client with several audiences gets them all, or names fewer")
    func audiences() async throws {
        let files = "https://files.example.com"
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), grants: [.authorizationCode],
            audiences: [TokenBench.audience, files],
            authorization: AuthorizationSettings(redirectURIs: [RequestBench.redirectURI]))
        let bench = try await LoginBench(clients: [client])
        let browser = BrowserDouble(bench)
        func audiences(_ tokens: IssuedTokens) async throws -> [String] {
            try await bench.service.verifier.verify(tokens.accessToken.reveal()).audiences
        }
        #expect(try await audiences(bench.redeem(browser.code())) == [TokenBench.audience, files])
        #expect(try await audiences(bench.redeem(browser.code(), audiences: [files])) == [files])
        let narrow = try await browser.code("web", ["resource": files])
        #expect(
            try await refusal { try await bench.redeem(narrow, audiences: [TokenBench.audience]) }.code
                == .invalidTarget)
        #expect(try await audiences(bench.redeem(narrow)) == [files])
    }

    @Test("A client that may not refresh gets no refresh token")
    func noRefresh() async throws {
        let bench = try await LoginBench()
        let tokens = try await bench.redeem(BrowserDouble(bench).code("oneshot"), as: "oneshot")
        #expect(tokens.refreshToken == nil)
    }

    @Test("Of a store that fails while a code is redeemed, the client learns nothing but that")
    func storeFailure() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        bench.store.fail(.commit)
        #expect(try await refusal { try await bench.redeem(code) }.code == .temporarilyUnavailable)
        bench.store.recover()
        _ = try await bench.redeem(code)
    }
}

@Suite("Many uses of one code at once")
struct CodeRaceTests {
    @Test("Of 1,000 simultaneous redemptions one gets tokens, and the others end them")
    func race() async throws {
        let bench = try await LoginBench()
        let code = try await BrowserDouble(bench).code()
        let results = await withTaskGroup(of: Result<IssuedTokens, any Error>.self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    do { return .success(try await bench.redeem(code)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let tokens = results.compactMap { try? $0.get() }
        #expect(tokens.count == 1)
        let codes = results.compactMap { result -> OAuthError.Code? in
            if case .failure(let error) = result { (error as? OAuthError)?.code } else { nil }
        }
        #expect(codes.count == 999 && codes.allSatisfy { $0 == .invalidGrant })
        #expect(try await bench.records(Grant.self).count == 1)
        let winner = try #require(tokens.first)
        let grant = try #require(try await bench.grant(of: winner))
        #expect(grant.grant.isRevoked)
        let successes = bench.events(.authorizationCode).filter { $0.failure == nil }
        #expect(successes.count == 1)
    }
}
