import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import AlipayProvider

@Suite("A login with Alipay")
struct LoginTests {
    private static let alternates = [
        AlternateIdentifier(type: "alipay_open_id", scope: Scenario.appId, value: Scenario.openId),
        AlternateIdentifier(type: "alipay_union_id", scope: Scenario.appId, value: Scenario.unionId),
        AlternateIdentifier(type: "alipay_user_id", value: Scenario.userId),
    ]

    @Test("takes ids and profile, and keeps what was issued apart")
    func login() async throws {
        let identity = try await Scenario().login()
        #expect(identity.subject == Scenario.openId)
        #expect(identity.issuer.rawValue == "https://openapi.alipay.com/\(Scenario.appId)")
        #expect(identity.alternateIdentifiers == Self.alternates)
        var claims = Claims()
        (claims.name, claims.nickname, claims.gender) = ("张三", "张三", "female")
        claims.picture = "https://tfs.alipayobjects.com/images/partner/a.png"
        claims.address = PostalAddress(locality: "杭州市", region: "浙江省")
        #expect(identity.claims == claims)
        #expect(identity.upstreamToken == Secret(Scenario.accessToken))
        #expect(identity.notices.isEmpty)
        #expect(identity.record?["nick_name"] == "张三")
        #expect(identity.record?["access_token"] == nil && identity.record?["msg"] == nil)
    }

    @Test("has the id as subject that the settings say, and never another")
    func subjects() async throws {
        let byUser = try await Scenario { $0.settings.subject = .userId }.login()
        #expect(byUser.subject == Scenario.userId)
        #expect(byUser.issuer.rawValue == "https://openapi.alipay.com")
        #expect(byUser.alternateIdentifiers == Self.alternates)
    }

    @Test("shows a person's own code or msg in the record, and not the gateway's")
    func record() async throws {
        let node = #"{"area":{"code":"330100","msg":"m"},"# + Scenario.profile.dropFirst()
        let record = try await Scenario().signing("share", node).login().record
        #expect(record?["area"] == ["code": "330100", "msg": "m"])
        #expect(record?["code"] == nil && record?["msg"] == nil)
    }

    private static func without(_ name: String, _ node: String) -> String {
        let members = (try? JSONReader().read(Array(node.utf8)))?.object ?? [:]
        return JSONValue.object(JSONObject(members.filter { $0.name != name }.map { ($0.name, $0.value) })).json
    }

    @Test(
        "is refused without the subject, and says what to do if there is another id",
        arguments: [
            (AlipaySubject.openId, "open_id", "user_id"), (.userId, "user_id", "open_id"),
        ])
    func missingSubject(subject: AlipaySubject, member: String, other: String) async throws {
        for value in [nil, "null", #""""#] {
            var node = Self.without(member, Scenario.token)
            if let value { node = #"{"\#(member)":\#(value),"# + node.dropFirst() }
            let error = try await Scenario { $0.settings.subject = subject }.signing("token", node).failure()
            #expect(error?.kind == .misconfigured)
            #expect(error?.message.contains("subject to \(other)") == true)
        }
        let none = Self.without(other, Self.without(member, Scenario.token))
        let error = try await Scenario { $0.settings.subject = subject }.signing("token", none).failure()
        #expect(error?.kind == .upstreamMisbehaved)
    }

    @Test(
        "is refused with something else in the place of an id",
        arguments: [
            "7", "true", "[]", #"{"a":"b"}"#, #"" ""#, #""ä""#, #""a b""#, "\"\(String(repeating: "a", count: 256))\"",
        ])
    func otherIDs(value: String) async throws {
        for member in ["open_id", "user_id", "union_id"] {
            let node = #"{"\#(member)":\#(value),"# + Self.without(member, Scenario.token).dropFirst()
            #expect(try await Scenario().signing("token", node).failure()?.kind == .upstreamMisbehaved)
        }
    }

    @Test("is refused with the profile of another person", arguments: ["open_id", "user_id"])
    func anotherPerson(member: String) async throws {
        let node = #"{"\#(member)":"somebody-else","# + Self.without(member, Scenario.profile).dropFirst()
        #expect(try await Scenario().signing("share", node).failure()?.kind == .upstreamMisbehaved)
    }

    /// Signed profiles that say nothing of the person, and what is no profile.
    static let unreadableNodes = [
        #"{"code":"20001","msg":"m","sub_code":"aop.invalid-auth-token"}"#, #"{"code":"40006"}"#,
        #"{"code":"20000"}"#, #"{"code":"10000","open_id":7}"#,
    ]

    @Test("goes on without a profile that Alipay refuses, with a notice", arguments: unreadableNodes)
    func unreadableNode(node: String) async throws {
        for name in ["alipay_user_info_share_response", "error_response"] {
            let identity = try await Scenario().signing("share", node, as: name).login()
            #expect(identity.subject == Scenario.openId && identity.claims == Claims())
            #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
        }
    }

    @Test(
        "goes on without a profile if the answer is not one",
        arguments: [("", 200), ("<html>", 200), ("{}", 200), ("", 500), ("x", 404)])
    func unreadableBody(body: String, status: Int) async throws {
        let identity = try await Scenario().answering("share", body, status: status).login()
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("goes on if the profile's connection is lost")
    func lostProfile() async throws {
        for mayHaveLeft in [true, false] {
            let scenario = Scenario {
                $0.script.failures["share"] = TransportFailure(.connectionLost, mayHaveLeft: mayHaveLeft)
            }
            #expect(try await scenario.login().notices.map(\.rawValue) == ["profile_unreadable"])
        }
    }

    @Test("waits half of its time for a profile that does not come, and no longer")
    func hangingProfile() async throws {
        let gate = Turnstile()
        let desk = try Scenario { $0.script.gates["share"] = gate }.desk()
        async let login = desk.redirect()
        try await gate.waitUntilHeld()
        desk.clock.advance(by: .milliseconds(4_900))
        // It is still waiting: nothing has cancelled the request.
        try await gate.waitUntilHeld()
        #expect(desk.store.auditEvents.isEmpty)
        desk.clock.advance(by: .milliseconds(200))
        #expect(try await login.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("is refused if the signature of any answer does not verify, also of one that only adds claims")
    func unverified() async throws {
        for word in ["token", "share"] {
            let node = word == "token" ? Scenario.token : Scenario.profile
            let name = Scenario.name(of: word)
            let bodies = [
                try Scenario.signed(node, as: name, by: TestKey.other),
                try Scenario.signed(node, as: name, by: TestKey.app),
                try Scenario.signed(node, as: name).replacing("10000", with: "10001").replacing(
                    Scenario.openId, with: "x"),
                #"{"\#(name)":\#(node)}"#, #"{"\#(name)":\#(node),"sign":"AAAA"}"#,
                try Scenario.signed(#"{"code":"40002"}"#, as: "error_response", by: TestKey.other),
                #"{"error_response":{"code":"40002","sub_code":"isv.code-invalid"}}"#,
            ]
            for body in bodies {
                for status in [200, 403, 404, 429, 500] {
                    let error = await Scenario().answering(word, body, status: status).failure()
                    #expect(error?.kind == .upstreamMisbehaved, "\(status) \(word) \(body.prefix(60))")
                    #expect(error?.credential == .spent)
                }
            }
        }
    }

    @Test("is refused with an unsigned refusal, and passes on what that says", arguments: ["token", "share"])
    func unsignedRefusal(word: String) async throws {
        for name in [Scenario.name(of: word), "error_response"] {
            let body =
                #"{"\#(name)":{"code":"40002","msg":"canary","sub_code":"isv.invalid-app-id","sub_msg":"canary"}}"#
            let error = try #require(await Scenario().answering(word, body).failure())
            #expect(error.kind == .upstreamMisbehaved)
            #expect(error.upstreamCode == "isv.invalid-app-id")
            #expect(error.message.contains("Check appId") && !error.message.contains("canary"))
        }
    }

    @Test("keeps apart the union_ids of owners whom the setting issuer names")
    func owners() async throws {
        let identity = try await Scenario { $0.settings.issuer = "https://owner.example" }.login()
        #expect(identity.issuer.rawValue == "https://owner.example")
        let unionId = identity.alternateIdentifiers.first { $0.type == "alipay_union_id" }
        #expect(unionId?.scope == "https://owner.example")
    }

    @Test(
        "fails by its status if the answer cannot be read",
        arguments: [
            (500, BrokerError.Kind.upstreamUnavailable), (503, .upstreamUnavailable), (429, .rateLimited),
            (404, .misconfigured), (403, .misconfigured), (400, .upstreamMisbehaved), (418, .upstreamMisbehaved),
        ])
    func statuses(status: Int, kind: BrokerError.Kind) async throws {
        #expect(await Scenario().answering("token", "<html>", status: status).failure()?.kind == kind)
        // A success under a status of failure is none.
        let error = try await Scenario().signing("token", Scenario.token, status: status).failure()
        #expect(error?.kind == kind)
    }

    @Test(
        "loses a name that is not UTF-8, and nothing else",
        arguments: [[0xFF], [0xD5, 0xC5], [0x81, 0x5C]] as [[UInt8]])
    func brokenName(name: [UInt8]) async throws {
        let parts = Scenario.profile.components(separatedBy: "张三")
        let node = Array(parts[0].utf8) + name + Array(parts[1].utf8)
        let sign = try Scenario.signature(of: node)
        let body = Array(#"{"alipay_user_info_share_response":"#.utf8) + node + Array(#","sign":"\#(sign)"}"#.utf8)
        let identity = try await Scenario().answering("share", body).login()
        #expect(identity.claims.name == nil && identity.claims.nickname == nil)
        #expect(identity.claims.gender == "female")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("reads raw control characters in names", arguments: ["\u{14}", "\u{7}", "\n"])
    func controls(text: String) async throws {
        let node = Scenario.profile.replacing("张三", with: "张\(text)三")
        let identity = try await Scenario().signing("share", node).login()
        #expect(identity.claims.name?.replacing(" ", with: "") == "张三")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test(
        "knows two genders, and leaves out others",
        arguments: [("M", "male"), ("m", "male"), ("F", "female"), ("x", nil), ("", nil)] as [(String, String?)])
    func genders(text: String, gender: String?) async throws {
        let node = Scenario.profile.replacing(#""F""#, with: "\"\(text)\"")
        #expect(try await Scenario().signing("share", node).login().claims.gender == gender)
    }

    @Test("takes an answer with its code inside, and with numbers as text or not")
    func codes() async throws {
        for code in [#""10000""#, "10000", "null"] {
            let node = #"{"code":\#(code),"# + Scenario.token.dropFirst()
            #expect(try await Scenario().signing("token", node).login().subject == Scenario.openId)
        }
    }
}

@Suite("Alipay's page")
struct RedirectTests {
    @Test("is asked as documented")
    func request() async throws {
        let desk = try Scenario().desk()
        let start = try await desk.broker.beginRedirect("alipay", returningTo: "https://app.example/callback?a=b")
        #expect(
            start.url == """
                https://openauth.alipay.com/oauth2/publicAppAuthorize.htm?app_id=\(Scenario.appId)&scope=auth_user\
                &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fa%3Db&state=\(start.flow.state.reveal())
                """)
    }

    @Test(
        "brings the code back as auth_code alone",
        arguments: [
            ("auth_code=\(Scenario.code)&state=STATE", nil),
            ("app_id=1&source=alipay_wallet&scope=auth_user&auth_code=\(Scenario.code)&state=STATE", nil),
            ("state=STATE", .cancelledByUser), ("error=access_denied&state=STATE", .cancelledByUser),
            ("code=\(Scenario.code)&state=STATE", .cancelledByUser),
            ("auth_code=\(Scenario.code)", .invalidCredential),
            ("auth_code=\(Scenario.code)&state=0", .invalidCredential),
            ("auth_code=\(Scenario.code)&auth_code=\(Scenario.code)&state=STATE", .invalidCredential),
        ] as [(String, BrokerError.Kind?)])
    func callback(text: String, kind: BrokerError.Kind?) async throws {
        let desk = try Scenario().desk()
        let error = await Scenario.failure { _ = try await desk.redirect(text) }
        #expect(error?.kind == kind)
        if kind != nil { #expect(desk.transport.requests.isEmpty) }
    }

    @Test("is open beside codes of an app, which the setting nativeCodes refuses", arguments: [true, false])
    func nativeCodes(areTaken: Bool) async throws {
        let desk = try Scenario { $0.settings.nativeCodes = areTaken }.desk()
        let error = await Scenario.failure {
            let identity = try await desk.login(.authorizationCode(Scenario.code))
            #expect(identity.subject == Scenario.openId)
        }
        #expect(error?.kind == (areTaken ? nil : .invalidCredential))
        if !areTaken { #expect(error?.credential == .unused && desk.transport.requests.isEmpty) }
        let other = try Scenario { $0.settings.nativeCodes = areTaken }.desk()
        #expect(try await other.redirect().subject == Scenario.openId)
    }

    @Test("binds a code to its login by the state alone, and the type says so")
    func form() throws {
        let settings = Scenario().settings
        let provider = try AlipayProvider(settings: settings, context: ProviderContext(id: "x"))
        #expect(!provider.redirectForm.usesPKCE && AlipayProvider.manifest.reliesOnStateAlone)
        #expect(settings.nativeCodes && provider.adapted(AlipayProvider.manifest) == AlipayProvider.manifest)
    }
}
