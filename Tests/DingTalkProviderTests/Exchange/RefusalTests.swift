import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing

@testable import DingTalkProvider

/// Each row of the table of error codes.
@Suite("DingTalk's error codes")
struct RefusalTests {
    /// Code, status, kind for the code, kind for the user's token, and a word that tells what to do.
    static let rows: [(String, Int, BrokerError.Kind, BrokerError.Kind, String)] = [
        ("invalidParameter.authCode.notFound", 400, .invalidCredential, .invalidCredential, "new login"),
        ("invalidParameter.code.notFound", 400, .invalidCredential, .invalidCredential, "new login"),
        ("InvalidAuthentication", 400, .misconfigured, .upstreamMisbehaved, "Begin|clientSecret"),
        ("InvalidAuthentication", 401, .misconfigured, .upstreamMisbehaved, "Begin|clientSecret"),
        ("invalidClientIdOrSecret", 400, .misconfigured, .misconfigured, "clientSecret"),
        ("InvalidAction.NotFound", 404, .misconfigured, .misconfigured, "apiURL"),
        (
            "Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, .misconfigured, .misconfigured,
            "Contact.User.Read"
        ),
        ("Forbidden.AccessDenied.QpsLimitForApi", 403, .rateLimited, .rateLimited, "later"),
        ("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, .rateLimited, .rateLimited, "later"),
        ("Forbidden.AccessDenied.ApiCountLimitForOrg", 403, .rateLimited, .rateLimited, "quota"),
        ("Forbidden.AccessDenied.IpNotInWhiteList", 403, .misconfigured, .misconfigured, "egress"),
        ("Forbidden.AccessDenied", 403, .misconfigured, .misconfigured, "permissions"),
        ("Throttling", 429, .rateLimited, .rateLimited, "later"),
        ("Throttling.Api", 400, .rateLimited, .rateLimited, "later"),
        ("ServiceUnavailable", 503, .upstreamUnavailable, .upstreamUnavailable, "later"),
        ("InternalError", 500, .upstreamUnavailable, .upstreamUnavailable, "later"),
        ("Something.Else", 400, .invalidCredential, .upstreamMisbehaved, "new login"),
        ("Something.Else", 200, .invalidCredential, .upstreamMisbehaved, "new login"),
        ("", 400, .invalidCredential, .upstreamMisbehaved, "new login"),
    ]

    @Test("mean what the reference says, and are no user", arguments: rows)
    func code(
        _ code: String,
        _ status: Int,
        _ kind: BrokerError.Kind,
        _ kindOfUser: BrokerError.Kind,
        _ words: String
    ) async throws {
        let details = #""accessdenieddetail":{"requiredScopes":["Contact.User.Read"]}"#
        let body = #"{"code":"\#(code)","requestid":"canary","message":"canary",\#(details)}"#
        for (word, kind) in [("userAccessToken", kind), ("me", kindOfUser)] {
            let error = try #require(await Scenario().answering(word, body, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.credential == .spent)
            #expect(error.upstreamCode == (code.isEmpty ? nil : code))
            #expect(words.split(separator: "|").contains { error.message.contains($0) }, "\(error.message)")
            #expect(!error.message.contains("canary"))
        }
    }

    @Test("that no table lists say less than a status of an outage", arguments: [429, 500, 502, 503])
    func unlisted(status: Int) async throws {
        for word in ["userAccessToken", "me"] {
            let scenario = Scenario {
                $0.script.answers[word] = Scenario.response(#"{"code":"Too.Many","message":"m"}"#, status: status)
                $0.script.answers[word]?.headerFields[.retryAfter] = "7"
            }
            let error = await scenario.failure()
            #expect(error?.kind == (status == 429 ? .rateLimited : .upstreamUnavailable))
            #expect(error?.retryAfter == .seconds(7))
        }
    }

    @Test("are kept in no other form than a code's", arguments: ["canary code", "a.12345678901234567890", "代码"])
    func otherForms(code: String) async throws {
        let error = await Scenario().answering("me", #"{"code":"\#(code)"}"#, status: 400).failure()
        #expect(error?.kind == .upstreamMisbehaved && error?.upstreamCode == nil)
    }

    @Test("of the older API, which are numbers, are listed nowhere", arguments: ["40078", "88", "60121", "12345"])
    func number(_ code: String) async throws {
        for (word, kind) in [("userAccessToken", BrokerError.Kind.invalidCredential), ("me", .upstreamMisbehaved)] {
            for number in [code, "\"\(code)\""] {
                let body = #"{"errcode":\#(number),"errmsg":"canary"}"#
                let error = try #require(await Scenario().answering(word, body).failure())
                #expect(error.kind == kind && error.upstreamCode == code)
                #expect(!error.message.contains("canary"))
            }
        }
    }

    @Test("of 0 are none", arguments: ["0", #""0""#, "null"])
    func zero(code: String) async throws {
        for member in ["code", "errcode"] {
            for (word, body) in [("userAccessToken", Scenario.token), ("me", Scenario.user)] {
                let answer = #"{"\#(member)":\#(code),"# + body.dropFirst()
                #expect(await Scenario().answering(word, answer).failure() == nil)
            }
        }
    }

    @Test("refuse, whatever else is in the answer")
    func withUser() async throws {
        let body = #"{"code":"Forbidden.AccessDenied","# + Scenario.user.dropFirst()
        #expect(await Scenario().answering("me", body).failure()?.kind == .misconfigured)
    }

    @Test(
        "are not needed where the status says it",
        arguments: [
            (500, BrokerError.Kind.upstreamUnavailable), (429, .rateLimited), (404, .misconfigured),
            (403, .misconfigured),
            (400, .upstreamMisbehaved),
        ])
    func statuses(status: Int, kind: BrokerError.Kind) async throws {
        for (word, body) in [("userAccessToken", Scenario.token), ("me", Scenario.user), ("me", "<html>")] {
            #expect(await Scenario().answering(word, body, status: status).failure()?.kind == kind)
        }
    }
}
