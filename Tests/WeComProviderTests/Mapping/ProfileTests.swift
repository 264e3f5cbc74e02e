import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import WeComProvider

@Suite("A member's profile")
struct ProfileTests {
    private static let detailed = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)

    @Test("is the directory's without a ticket, for which no details are asked")
    func member() async throws {
        let desk = try Scenario().desk()
        let identity = try await desk.redirect()
        var claims = Claims()
        (claims.name, claims.nickname) = ("张三", "jack")
        #expect(identity.claims == claims)
        #expect(identity.notices.isEmpty)
        #expect(desk.transport.requests(to: "getuserdetail").isEmpty)
    }

    @Test("has what the member agreed to show, none of it verified")
    func details() async throws {
        let desk = try Self.detailed.desk()
        let identity = try await desk.redirect()
        var claims = Claims()
        (claims.name, claims.nickname, claims.gender) = ("张三", "jack", "male")
        claims.picture = "https://wework.qpic.cn/a/0"
        claims.email = EmailAddress("zhangsan@people.example").map {
            .asserted(Asserted($0), isKnownUnverified: false)
        }
        claims.phoneNumber = PhoneNumber("+8613800138000").map {
            .asserted(Asserted($0), isKnownUnverified: false)
        }
        claims.address = PostalAddress(formatted: "广州市海珠区新港中路")
        #expect(identity.claims == claims)
        #expect(identity.notices.isEmpty)
        let request = try #require(desk.transport.requests.last)
        #expect(request.head.path == "/cgi-bin/auth/getuserdetail?access_token=\(Scenario.appToken)")
        #expect(request.json == ["user_ticket": .string(Scenario.ticket)])
    }

    @Test("is not asked for where the settings say so")
    func without() async throws {
        var scenario = Scenario()
        scenario.settings.readMember = false
        let desk = try scenario.desk()
        let identity = try await desk.redirect()
        #expect(identity.claims == Claims())
        #expect(desk.transport.words == ["gettoken", "getuserinfo"])
    }

    @Test(
        "whose details cannot be read lacks claims, and fails no login",
        arguments: [
            "", "<html>", "[]", "{}", #"{"errcode":48002}"#, #"{"errcode":84014}"#, #"{"errcode":-1}"#,
            #"{"userid":7}"#,
        ])
    func unreadableDetails(body: String) async throws {
        for status in [200, 500] {
            let identity = try await Self.detailed.answering("getuserdetail", body, status: status).desk().redirect()
            #expect(identity.subject == "zhangsan")
            #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
            #expect(identity.claims.name == "张三" && identity.claims.email == nil)
        }
    }

    @Test("whose details never come, or are lost with their connection, lacks claims alone")
    func lostDetails() async throws {
        var scenario = Self.detailed
        scenario.script.failures["getuserdetail"] = TransportFailure(.connectionLost, mayHaveLeft: true)
        let identity = try await scenario.desk().redirect()
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
        var hanging = Self.detailed
        let gate = Turnstile()
        hanging.script.gates["getuserdetail"] = gate
        let desk = try hanging.desk()
        async let login = desk.redirect()
        try await gate.waitUntilHeld()
        desk.clock.advance(by: desk.half)
        #expect(try await login.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test(
        "whose entry in the directory cannot be read lets no one in, who could be disabled",
        arguments: [
            (#"{"errcode":45009}"#, 200, .rateLimited), (#"{"errcode":60020}"#, 200, .misconfigured),
            (#"{"errcode":-1}"#, 200, .upstreamUnavailable), (#"{"errcode":99}"#, 200, .upstreamMisbehaved),
            (#"{"errcode":60011}"#, 200, .accessDenied), ("", 500, .upstreamUnavailable),
            ("<html>", 200, .upstreamMisbehaved), ("[]", 200, .upstreamMisbehaved), ("{}", 200, .upstreamMisbehaved),
            (#"{"userid":7}"#, 200, .upstreamMisbehaved),
        ] as [(String, Int, BrokerError.Kind)])
    func unreadableEntry(_ body: String, _ status: Int, _ kind: BrokerError.Kind) async throws {
        #expect(await Scenario().answering("get", body, status: status).failure()?.kind == kind)
        // Who does not ask for the check gets none.
        let without = Scenario { $0.settings.readMember = false }.answering("get", body, status: status)
        #expect(try await without.desk().redirect().subject == "zhangsan")
    }

    @Test("whose entry never comes, or is lost with its connection, lets no one in")
    func lostEntry() async throws {
        var scenario = Scenario()
        scenario.script.failures["get"] = TransportFailure(.connectionLost, mayHaveLeft: true)
        #expect(await scenario.failure()?.kind == .upstreamUnavailable)
        let gate = Turnstile()
        let desk = try Scenario { $0.script.gates["get"] = gate }.desk()
        async let failure = Scenario.failure { _ = try await desk.redirect() }
        try await gate.waitUntilHeld()
        desk.clock.advance(by: ProviderLimits().timeout + .milliseconds(1))
        #expect(await failure?.kind == .timedOut)
    }

    @Test("is without the directory where WeCom lets the app read none of it")
    func deniedDirectory() async throws {
        let identity = try await Scenario().answering("get", #"{"errcode":48002,"errmsg":"api forbidden"}"#).desk()
            .redirect()
        #expect(identity.subject == "zhangsan")
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("of another member is refused", arguments: ["get", "getuserdetail"])
    func another(word: String) async {
        let body = #"{"errcode":0,"userid":"lisi","name":"李四","status":1}"#
        #expect(await Self.detailed.answering(word, body).failure()?.kind == .upstreamMisbehaved)
        let same = #"{"errcode":0,"userid":"ZHANGSAN","name":"李四","status":1}"#
        #expect(await Self.detailed.answering(word, same).failure() == nil)
    }

    @Test(
        "keeps out whom the company has disabled or let go",
        arguments: [
            ("1", nil), ("4", nil), ("null", nil), ("\"1\"", nil), ("2", .accessDenied), ("5", .accessDenied),
            ("3", .accessDenied), ("\"x\"", .accessDenied), ("true", .accessDenied),
        ] as [(String, BrokerError.Kind?)])
    func status(_ status: String, _ kind: BrokerError.Kind?) async {
        let body = #"{"errcode":0,"userid":"zhangsan","status":\#(status)}"#
        #expect(await Scenario().answering("get", body).failure()?.kind == kind)
    }

    /// Names that break strict readers of JSON.
    @Test("with a name that cannot be read loses the name, and nothing beside it")
    func brokenNames() async throws {
        let start = Array(#"{"errcode":0,"userid":"zhangsan","alias":"jack","status":1,"name":"Z"#.utf8)
        for name in [[0xFF], Array(#"\ud83d"#.utf8), [0xE5, 0xBC]] as [[UInt8]] {
            let identity = try await Scenario().answering("get", start + name + Array("\"}".utf8)).desk().redirect()
            #expect(identity.claims.name == nil)
            #expect(identity.claims.nickname == "jack")
            #expect(identity.notices.map(\.rawValue) == ["name_cleaned"])
        }
        let control = try await Scenario().answering("get", start + [0x14] + Array("\"}".utf8)).desk().redirect()
        #expect(control.claims.name == "Z")
    }

    @Test("has no name where WeCom gives an encrypted id in its place")
    func placeholder() async throws {
        let userid = "woAJ2GCAAAXtWyujaWJHDDGi0mACas1w"
        let identity = try await Scenario()
            .answering("getuserinfo", #"{"errcode":0,"userid":"\#(userid)"}"#)
            .answering("get", #"{"errcode":0,"userid":"\#(userid)","name":"\#(userid)"}"#).desk().redirect()
        #expect(identity.claims.name == nil)
        #expect(identity.notices.map(\.rawValue) == ["name_placeholder"])
        // Some people are called as they sign in.
        let body = #"{"userid":"ZhangSan","name":"ZhangSan"}"#
        let plain = try await Scenario().answering("get", body).desk().redirect()
        #expect(plain.claims.name == "ZhangSan")
    }

    @Test(
        "has a phone number only in full",
        arguments: [
            ("13800138000", "+8613800138000"), ("+85291234567", "+85291234567"),
            ("+86 138-0013-8000", "+8613800138000"),
            ("138****8000", nil), ("8000", nil), ("+", nil),
        ] as [(String, String?)])
    func phones(_ text: String, _ number: String?) async throws {
        let body = Scenario.details.replacing(#""\#(Scenario.phone)""#, with: #""\#(text)""#)
        let identity = try await Self.detailed.answering("getuserdetail", body).desk().redirect()
        #expect(identity.claims.phoneNumber?.value.rawValue == number)
        #expect(identity.notices.map(\.rawValue) == (number == nil ? ["phone_refused"] : []))
    }

    @Test("has the member's own e-mail address, and never the company's mailbox or a malformed one")
    func emails() async throws {
        func identity(_ old: String, _ new: String) async throws -> Identity {
            let body = Scenario.details.replacing(old, with: new)
            return try await Self.detailed.answering("getuserdetail", body).desk().redirect()
        }
        let company = try await identity("zhangsan@people.example", "")
        #expect(company.claims.email == nil)
        #expect(company.notices.isEmpty)
        let two = try await identity("zhangsan@people.example", "a@b.example,c@d.example")
        #expect(two.claims.email == nil)
        #expect(two.notices.map(\.rawValue) == ["email_refused"])
    }

    @Test("is shown as WeCom gave it, without what it issued and without its words")
    func record() async throws {
        let identity = try await Self.detailed.desk().redirect()
        let record = try #require(identity.record?.object)
        #expect(Set(record.map(\.name)) == ["userid", "member", "details"])
        #expect(record["member"]?["department"] == [1, 2])
        #expect(record["details"]?["errmsg"] == nil)
        let session = try await Scenario().desk().miniProgram()
        #expect(Set((session.record?.object ?? [:]).map(\.name)) == ["corpid", "userid", "member"])
    }
}

extension LoginDesk {
    /// More than a part of a login may take, and less than the login.
    fileprivate var half: Duration { ProviderLimits().timeout / 2 + .milliseconds(1) }
}
