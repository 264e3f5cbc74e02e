import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import OAuth2Sandbox

@Suite("The token endpoint of the OAuth 2.0 sandbox")
struct TokenTests {
    private static let accept = HeaderField("Accept", "application/json")

    /// Where a vendor's answer has the access token.
    private static func token(in members: [String: Any]) -> String? {
        (members["data"] as? [String: Any])?["access_token"] as? String ?? members["access_token"] as? String
    }

    /// Redeems a code wrongly, and then as the vendor documents.
    private func refused(
        by vendor: Vendor,
        for changes: [String: String?],
        headers: [HeaderField]? = nil
    ) throws -> (refusal: [String: Any], isSpent: Bool) {
        var bench = SandboxBench(vendor)
        let callback = try bench.callback()
        let answer = try bench.redeem(callback, changes, headers: headers)
        #expect(Self.token(in: answer.members) == nil)
        return (answer.members, Self.token(in: try bench.redeem(callback).members) == nil)
    }

    @Test("redeems a code once, and withdraws what it was redeemed for if it comes again", arguments: Vendor.all)
    func once(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let callback = try bench.callback()
        let first = try bench.redeem(callback)
        let token = try #require(Self.token(in: first.members))
        #expect(first.status == 200 && bench.state.accessTokens.value(of: token, at: SandboxBench.now) != nil)
        #expect(try Self.token(in: bench.redeem(callback).members) == nil)
        #expect(bench.state.accessTokens.value(of: token, at: SandboxBench.now) == nil)
    }

    @Test("refuses a code that is unknown or a minute old", arguments: Vendor.all)
    func expired(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let callback = try bench.callback()
        #expect(try Self.token(in: bench.redeem(callback, after: 61).members) == nil)
        #expect(try Self.token(in: bench.redeem(callback.merging(["code": "x"]) { $1 }).members) == nil)
    }

    @Test("refuses another redirect URI, and spends the code for it", arguments: Vendor.all)
    func redirectURI(vendor: Vendor) throws {
        let answer = try refused(by: vendor, for: ["redirect_uri": "https://app.example/callback"])
        #expect(answer.isSpent)
    }

    @Test("refuses a verifier that is missing or wrong", arguments: Vendor.all.filter { $0.challenges != .ignored })
    func verifier(vendor: Vendor) throws {
        #expect(try refused(by: vendor, for: ["code_verifier": nil]).isSpent)
        #expect(try refused(by: vendor, for: ["code_verifier": String(repeating: "w", count: 43)]).isSpent)
    }

    @Test("refuses a verifier for a code without a challenge")
    func unexpectedVerifier() throws {
        var bench = SandboxBench(.spotify)
        let callback = try bench.callback(["code_challenge": nil, "code_challenge_method": nil])
        #expect(try Self.token(in: bench.redeem(callback).members) == nil)
    }

    @Test("refuses a wrong secret, and spends no code for it", arguments: Vendor.all.filter { $0.methods != [.none] })
    func secret(vendor: Vendor) throws {
        let wrong = Data("\(vendor.clientId):wrong".utf8).base64EncodedString()
        let answer =
            vendor.methods.contains(.basic)
            ? try refused(by: vendor, for: [:], headers: [HeaderField("Authorization", "Basic \(wrong)")])
            : try refused(by: vendor, for: [vendor.secretName: "wrong"])
        #expect(!answer.isSpent)
    }

    @Test("refuses another client, and spends no code for it", arguments: Vendor.all)
    func client(vendor: Vendor) throws {
        let another = Data("another:\(SandboxBench.secret)".utf8).base64EncodedString()
        let answer =
            vendor.methods.contains(.basic)
            ? try refused(
                by: vendor, for: [:], headers: [Self.accept, HeaderField("Authorization", "Basic \(another)")])
            : try refused(by: vendor, for: [vendor.idName: "another"])
        #expect(!answer.isSpent)
    }

    @Test(
        "refuses a client without its secret, and spends no code for it",
        arguments: Vendor.all.filter { !$0.methods.contains(.none) })
    func withoutSecret(vendor: Vendor) throws {
        let answer =
            vendor.methods.contains(.basic)
            ? try refused(by: vendor, for: [vendor.idName: vendor.clientId], headers: [Self.accept])
            : try refused(by: vendor, for: [vendor.secretName: nil])
        #expect(!answer.isSpent)
    }

    @Test(
        "refuses a secret elsewhere than the vendor takes it",
        arguments: [
            (.x, ["client_id": Vendor.x.clientId, "client_secret": SandboxBench.secret]),
            (.vk, ["client_secret": SandboxBench.secret]),
        ] as [(Vendor, [String: String?])])
    func place(vendor: Vendor, changes: [String: String?]) throws {
        #expect(try !refused(by: vendor, for: changes, headers: []).isSpent)
    }

    @Test("refuses a secret that is in the query, or in two places", arguments: [Vendor.gitee, .oauth2, .discord])
    func twoPlaces(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let code = try #require(try bench.callback()["code"])
        let form = FormText.encode([
            "grant_type": "authorization_code", "code": code, "redirect_uri": SandboxBench.redirectURI,
            "client_id": vendor.clientId, "client_secret": SandboxBench.secret,
            "code_verifier": SandboxBench.verifier,
        ])
        let basic = Data("\(vendor.clientId):\(SandboxBench.secret)".utf8).base64EncodedString()
        let secret = "client_id=\(vendor.clientId)&client_secret=\(SandboxBench.secret)"
        let type = HeaderField("Content-Type", "application/x-www-form-urlencoded")
        for (query, headers) in [("?\(secret)", [type]), ("", [type, HeaderField("Authorization", "Basic \(basic)")])] {
            let request = ReceivedRequest(
                method: "POST", target: "\(vendor.paths.token)\(query)", headers: headers, body: Array(form.utf8))
            let answer = try SandboxBench.contents(of: bench.state.answer(request, at: SandboxBench.now))
            #expect(answer.status == 401 && answer.members["error"] as? String == "invalid_client")
        }
    }

    @Test(
        "refuses a code without what came with it",
        arguments: [(.naver, "state"), (.vk, "state"), (.vk, "device_id")] as [(Vendor, String)])
    func carried(vendor: Vendor, name: String) throws {
        #expect(try refused(by: vendor, for: [name: nil]).isSpent)
        #expect(try refused(by: vendor, for: [name: "another"]).isSpent)
    }

    @Test("takes the method and the content type of the vendor alone, and each parameter once", arguments: Vendor.all)
    func requests(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let right = bench.redemption(of: try bench.callback())
        let isQuery = vendor.tokenMethod == "GET"
        let twice = "&\(vendor.redeemedName)=other"
        var wrong = [
            right.with(method: isQuery ? "POST" : "GET"),
            isQuery ? right.with(target: right.target + twice) : right.with(body: right.bodyText + twice),
        ]
        if !isQuery {
            let others = right.headers.filter { $0.name != "Content-Type" }
            wrong.append(right.with(headers: others + [HeaderField("Content-Type", "text/plain")]))
        }
        for request in wrong {
            let answer = try bench.send(request, after: 1)
            #expect(Self.token(in: answer.members) == nil && !answer.members.isEmpty)
        }
        #expect(Self.token(in: try bench.send(right, after: 1).members) != nil)
    }

    @Test(
        "refuses in the vendor's form",
        arguments: [
            (.oauth2, .secret, 401, "error", "invalid_client"), (.oauth2, .usedCode, 400, "error", "invalid_grant"),
            (.github, .usedCode, 200, "error", "bad_verification_code"),
            (.github, .secret, 200, "error", "incorrect_client_credentials"),
            (.naver, .code, 200, "error", "invalid_request"), (.x, .secret, 401, "error", "unauthorized_client"),
            (.spotify, .client, 400, "error", "invalid_client"), (.kakao, .code, 400, "error_code", "KOE320"),
            (.weibo, .redirectURI, 400, "error_code", 21322), (.qq, .usedCode, 200, "error", 100_020),
        ] as [(Vendor, TokenRefusal, Int, String, JSON)])
    func forms(vendor: Vendor, refusal: TokenRefusal, status: Int, member: String, value: JSON) {
        let answer = vendor.tokenError(refusal)
        guard case .object(let members) = answer.contents else {
            Issue.record("It is no object.")
            return
        }
        #expect(answer.status == status && members[member] == value)
    }

    @Test("answers in a form where JSON is not asked for", arguments: [Vendor.github, .qq])
    func forms(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let code = try #require(try bench.callback()["code"])
        let query = FormText.encode([
            "grant_type": "authorization_code", "code": code, "redirect_uri": SandboxBench.redirectURI,
            "client_id": vendor.clientId, "client_secret": SandboxBench.secret,
            "code_verifier": SandboxBench.verifier,
        ])
        let type = HeaderField("Content-Type", "application/x-www-form-urlencoded")
        let request =
            vendor.tokenMethod == "GET"
            ? ReceivedRequest(method: "GET", target: "\(vendor.paths.token)?\(query)")
            : ReceivedRequest(
                method: "POST", target: vendor.paths.token, headers: [type], body: Array(query.utf8))
        guard case .respond(let response)? = try bench.state.answer(request, at: SandboxBench.now).steps.first else {
            Issue.record("There is no answer.")
            return
        }
        let parameters = FormText.parameters(in: String(decoding: response.body, as: UTF8.self))
        #expect(parameters?["access_token"]?.hasPrefix("access-") == true && parameters?["openid"] == nil)
    }
}
