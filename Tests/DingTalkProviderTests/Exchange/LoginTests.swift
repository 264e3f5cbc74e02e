import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@testable import DingTalkProvider

@Suite("A login with DingTalk")
struct LoginTests {
    @Test("asks as documented, and takes ids and profile")
    func login() async throws {
        let desk = try Scenario().desk()
        let identity = try await desk.redirect()
        let requests = desk.transport.requests
        #expect(requests.map(\.head.path) == ["/v1.0/oauth2/userAccessToken", "/v1.0/contact/users/me"])
        #expect(requests.map(\.head.method) == [.post, .get])
        #expect(requests.allSatisfy { $0.head.authority == "api.dingtalk.com" })
        // A form would be refused.
        #expect(requests[0].head.headerFields[.contentType] == "application/json")
        let body = try #require((try JSONReader().read(requests[0].body)).object)
        #expect(
            body == [
                "clientId": .string(Scenario.clientId), "clientSecret": .string(Scenario.clientSecret),
                "code": .string(Scenario.code), "grantType": "authorization_code",
            ])
        let name = try #require(HTTPField.Name("x-acs-dingtalk-access-token"))
        #expect(requests[1].head.headerFields[name] == Scenario.accessToken && requests[1].body.isEmpty)

        #expect(identity.subject == Scenario.unionId && identity.issuer.rawValue == "https://api.dingtalk.com")
        #expect(
            identity.alternateIdentifiers == [
                AlternateIdentifier(type: "dingtalk_union_id", scope: Scenario.clientId, value: Scenario.unionId),
                AlternateIdentifier(type: "dingtalk_open_id", scope: Scenario.clientId, value: Scenario.openId),
            ])
        var claims = Claims()
        (claims.name, claims.nickname) = ("张三", "张三")
        claims.picture = "https://static-legacy.dingtalk.com/media/a.png"
        claims.email = EmailAddress("zhang@people.example").map { Contact($0, verified: nil) }
        claims.phoneNumber = PhoneNumber("+86\(Scenario.mobile)").map { Contact($0, verified: nil) }
        #expect(identity.claims == claims && claims.phoneNumber != nil && claims.email != nil)
        #expect(identity.upstreamToken == Secret(Scenario.accessToken))
        #expect(identity.notices.isEmpty)
        #expect(identity.record?["nick"] == "张三" && identity.record?["corpId"] == "dingxxxxxx")
        #expect(identity.record?["accessToken"] == nil)
    }

    @Test("keeps apart the ids of owners whom the setting issuer names")
    func owners() async throws {
        let identity = try await Scenario { $0.settings.issuer = "https://owner.example" }.login()
        #expect(identity.issuer.rawValue == "https://owner.example")
        #expect(identity.alternateIdentifiers.first?.scope == "https://owner.example")
    }

    @Test("never takes address or number for verified, whatever DingTalk says")
    func unverified() async throws {
        let body = #"{"email_verified":true,"emailVerified":true,"# + Scenario.user.dropFirst()
        let claims = try await Scenario().answering("me", body).login().claims
        #expect(claims.email?.verification == nil && claims.phoneNumber?.verification == nil)
    }

    @Test("has the id as subject that the settings say, and never another")
    func subjects() async throws {
        let scenario = Scenario { $0.settings.subject = .openId }
        let identity = try await scenario.login()
        #expect(identity.subject == Scenario.openId)
        #expect(identity.issuer.rawValue == "https://api.dingtalk.com/\(Scenario.clientId)")
        for (scenario, member, id) in [
            (Scenario(), "unionId", Scenario.unionId), (scenario, "openId", Scenario.openId),
        ] {
            for value in [
                nil, "null", #""""#, "7", "true", "[]", "{}", #"" ""#, #""ä""#,
                "\"\(String(repeating: "a", count: 256))\"",
            ] {
                let body = Scenario.user.replacing(
                    #""\#(member)":"\#(id)","#, with: value.map { #""\#(member)":\#($0),"# } ?? "")
                #expect(await scenario.answering("me", body).failure()?.kind == .upstreamMisbehaved)
            }
        }
    }

    @Test(
        "never signs in a visitor",
        arguments: [
            ("true", false), ("1", false), (#""true""#, false), ("{}", false), ("false", true), ("null", true),
            ("0", true),
        ])
    func visitor(flag: String, isLetIn: Bool) async throws {
        let body = Scenario.user.replacing(#""visitor":false"#, with: #""visitor":\#(flag)"#)
        let error = await Scenario().answering("me", body).failure()
        #expect(error?.kind == (isLetIn ? nil : .interactionRequired))
    }

    @Test(
        "is refused without a token that can be sent",
        arguments: [
            #"{"expireIn":7200}"#, #"{"accessToken":""}"#, #"{"accessToken":7}"#, #"{"accessToken":"a b"}"#,
            #"{"accessToken":"a\r\nx: y"}"#, #"{"accesstoken":"a"}"#, "{}", "[]", "", "<html>", "null",
        ])
    func noToken(body: String) async throws {
        let desk = try Scenario().answering("userAccessToken", body).desk()
        let error = await Scenario.failure { _ = try await desk.redirect() }
        #expect(error?.kind == .upstreamMisbehaved && error?.credential == .spent)
        #expect(desk.transport.requests.count == 1)
    }

    @Test("is refused without a user", arguments: ["{}", "[]", "", "<html>", "null", "[\(Scenario.user)]"])
    func noUser(body: String) async throws {
        #expect(await Scenario().answering("me", body).failure()?.kind == .upstreamMisbehaved)
    }

    @Test(
        "loses a word that is not UTF-8, and nothing beside it",
        arguments: ["nick", "email", "avatarUrl", "mobile"],
        [[0xFF], [0xD5, 0xC5], [0xE5, 0xBC], Array(#"\ud83d"#.utf8)] as [[UInt8]])
    func brokenText(member: String, text: [UInt8]) async throws {
        let parts = Scenario.user.components(separatedBy: #""\#(member)":"#)
        let body = Array("\(parts[0])\"\(member)\":\"".utf8) + text + Array(parts[1].utf8.dropFirst())
        let identity = try await Scenario().answering("me", body).login()
        #expect(identity.subject == Scenario.unionId)
        let notices = [
            "nick": "name_cleaned", "email": "email_refused", "avatarUrl": "picture_refused", "mobile": "phone_refused",
        ]
        #expect(identity.notices.map(\.rawValue) == [notices[member]].compactMap(\.self))
        #expect((identity.claims.name == nil) == (member == "nick"))
    }

    @Test("is refused if an id is not UTF-8", arguments: ["unionId", "openId"])
    func brokenID(member: String) async throws {
        var body = Array(#"{"\#(member)":"a~b","#.utf8)
        let place = try #require(body.lastIndex(of: UInt8(ascii: "~")))
        body[place] = 0xFF
        body += Scenario.user.replacing(#""\#(member)":"#, with: #""x":"#).utf8.dropFirst()
        let error = await Scenario().answering("me", body).failure()
        #expect(error?.kind == .upstreamMisbehaved)
    }

    @Test("goes on with a token beside text that is not UTF-8, and without one that is not")
    func brokenToken() async throws {
        func answer(_ member: String) -> [UInt8] {
            let body = Array(Scenario.token.replacing(member, with: "x").utf8.dropLast())
            return body + Array(#","\#(member)":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        }
        #expect(await Scenario().answering("userAccessToken", answer("message")).failure() == nil)
        let error = await Scenario().answering("userAccessToken", answer("accessToken")).failure()
        #expect(error?.kind == .upstreamMisbehaved)
    }

    @Test("reads raw control characters and halves of emoji in names", arguments: ["张\u{14}三", "张\n三"])
    func controls(name: String) async throws {
        let identity = try await Scenario().answering("me", Scenario.user.replacing("张三", with: name)).login()
        #expect(identity.claims.name?.replacing(" ", with: "") == "张三")
        #expect(identity.notices == [.nameCleaned])
        let half = try await Scenario().answering("me", Scenario.user.replacing("张三", with: #"a\ud83d"#)).login()
        #expect(half.claims.name == nil && half.notices == [.nameCleaned])
    }

    @Test(
        "takes a phone number with its country, and no other",
        arguments: [
            (#""mobile":"13800138000""#, #""stateCode":86"#, "+8613800138000"),
            (#""mobile":"+85291234567""#, #""stateCode":"86""#, "+85291234567"),
            (#""mobile":"13800138000""#, #""more":1"#, nil), (#""mobile":"138****8000""#, #""stateCode":"86""#, nil),
            (#""mobile":"13800138000""#, #""stateCode":"+86""#, nil),
            (#""mobile":"13800138000""#, #""stateCode":"0""#, nil),
            (#""mobile":"86-13800138000""#, #""stateCode":"86""#, nil),
        ] as [(String, String, String?)])
    func phoneNumbers(mobile: String, country: String, number: String?) async throws {
        let body = Scenario.user.replacing(#""mobile":"\#(Scenario.mobile)""#, with: mobile)
            .replacing(#""stateCode":"86""#, with: country)
        let identity = try await Scenario().answering("me", body).login()
        #expect(identity.claims.phoneNumber?.value.rawValue == number)
        #expect(identity.notices.map(\.rawValue) == (number == nil ? ["phone_refused"] : []))
    }

    @Test("goes on without what the app may not see")
    func least() async throws {
        let body = #"{"nick":"张三","openId":"\#(Scenario.openId)","unionId":"\#(Scenario.unionId)"}"#
        let identity = try await Scenario().answering("me", body).login()
        #expect(identity.claims.email == nil && identity.claims.phoneNumber == nil && identity.notices.isEmpty)
    }
}

@Suite("DingTalk's page")
struct RedirectTests {
    @Test("is asked as documented, for consent each time")
    func request() async throws {
        let desk = try Scenario().desk()
        let start = try await desk.broker.beginRedirect("dingtalk", returningTo: "https://app.example/callback")
        #expect(
            start.url == """
                https://login.dingtalk.com/oauth2/auth?client_id=\(Scenario.clientId)\
                &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&response_type=code&scope=openid\
                &state=\(start.flow.state.reveal())&prompt=consent
                """)
    }

    @Test(
        "brings the code back as authCode, as code, or as both if they are the same",
        arguments: [
            ("authCode=\(Scenario.code)&state=STATE", nil), ("code=\(Scenario.code)&state=STATE", nil),
            ("authCode=\(Scenario.code)&code=\(Scenario.code)&state=STATE", nil),
            ("authCode=\(Scenario.code)&code=another&state=STATE", .invalidCredential),
            ("code=\(Scenario.code)&authCode=\(Scenario.code)x&state=STATE", .invalidCredential),
            ("authCode=a&authCode=a&state=STATE", .invalidCredential),
            ("authCode=\(Scenario.code)", .invalidCredential),
            ("authCode=\(Scenario.code)&state=0", .invalidCredential),
            ("error=access_denied&state=STATE", .cancelledByUser), ("state=STATE", .cancelledByUser),
            ("error=server_error&state=STATE", .upstreamUnavailable),
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
            #expect(identity.subject == Scenario.unionId)
        }
        #expect(error?.kind == (areTaken ? nil : .invalidCredential))
        if !areTaken { #expect(error?.credential == .unused && desk.transport.requests.isEmpty) }
        let other = try Scenario { $0.settings.nativeCodes = areTaken }.desk()
        #expect(try await other.redirect().subject == Scenario.unionId)
    }

    @Test("binds a code to its login by the state alone, and the type says so")
    func form() throws {
        let settings = Scenario().settings
        let provider = try DingTalkProvider(settings: settings, context: ProviderContext(id: "x"))
        #expect(!provider.redirectForm.usesPKCE && DingTalkProvider.manifest.reliesOnStateAlone)
        #expect(settings.nativeCodes && provider.adapted(DingTalkProvider.manifest) == DingTalkProvider.manifest)
    }
}
