import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing
import UpstreamAPI

@testable import FeishuProvider

/// Each row of the table of error codes.
@Suite("Feishu's error codes")
struct RefusalTests {
    static let rows: [(Int, BrokerError.Kind)] = [
        (20001, .misconfigured), (20002, .misconfigured), (20003, .invalidCredential), (20004, .credentialExpired),
        (20005, .upstreamMisbehaved), (20007, .invalidCredential), (20008, .accessDenied), (20009, .misconfigured),
        (20010, .accessDenied), (20024, .invalidCredential), (20029, .misconfigured), (20036, .misconfigured),
        (20048, .misconfigured), (20049, .invalidCredential), (20050, .upstreamUnavailable), (20063, .misconfigured),
        (20065, .credentialAlreadyUsed), (20066, .accessDenied), (20067, .misconfigured), (20068, .misconfigured),
        (20069, .misconfigured), (20070, .misconfigured), (20071, .misconfigured), (20072, .upstreamUnavailable),
        (1007, .invalidCredential), (99_991_400, .rateLimited), (99_991_663, .misconfigured),
        (99_991_664, .misconfigured), (99_991_668, .misconfigured), (99_991_671, .misconfigured),
        (99_991_677, .misconfigured), (1_234_567, .invalidCredential),
    ]

    @Test("mean what the reference says, as a number and as text, under any status", arguments: rows)
    func code(_ code: Int, _ kind: BrokerError.Kind) async throws {
        for (body, status) in [
            (#"{"code":\#(code),"error":"invalid_grant","error_description":"canary"}"#, 400),
            (#"{"code":"\#(code)","msg":"canary"}"#, 200), (#"{"code":\#(code)}"#, 503),
        ] {
            let error = try #require(await Scenario().answering("token", body, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.upstreamCode == "\(code)")
            #expect(error.credential == .spent)
            #expect(!error.message.contains("canary"))
        }
    }

    @Test(
        "mean something else where the user's token is sent",
        arguments: [
            (99_991_668, .upstreamMisbehaved), (99_991_677, .upstreamMisbehaved), (20005, .upstreamMisbehaved),
            (20008, .accessDenied), (99_991_400, .rateLimited), (1_234_567, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)])
    func userInfo(_ code: Int, _ kind: BrokerError.Kind) async {
        for status in [200, 400, 401] {
            let body = #"{"code":\#(code),"msg":"canary","data":null}"#
            #expect(await Scenario().answering("user_info", body, status: status).failure()?.kind == kind)
        }
    }

    @Test("say of a redirect's code that an app presents as its own that the code is wrong, and raise no alarm")
    func redirectCode() async throws {
        let error = await Scenario().answering("token", #"{"code":20071,"error":"invalid_grant"}"#, status: 400)
            .appFailure()
        #expect(error?.kind == .invalidCredential && error?.upstreamCode == "20071")
    }

    @Test(
        "of the app's token keep the code unused",
        arguments: [
            (10003, .misconfigured), (10014, .misconfigured), (99_991_400, .rateLimited),
            (1_234_567, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)])
    func appToken(_ code: Int, _ kind: BrokerError.Kind) async {
        let scenario = Scenario().withLoginCodes.answering("internal", #"{"code":\#(code),"msg":"x"}"#)
        let error = await scenario.appFailure()
        #expect(error?.kind == kind)
        #expect(error?.credential == .unused)
    }

    @Test("come with the time to wait, in Feishu's own header field or in the usual one")
    func timeToWait() async {
        for (name, text, time) in [
            ("x-ogw-ratelimit-reset", "30", .seconds(30)), ("Retry-After", "20", .seconds(20)),
            ("x-ogw-ratelimit-reset", "soon", nil), ("x-ogw-ratelimit-reset", "-1", nil),
            ("x-ogw-ratelimit-reset", "99999999999999999999", nil),
        ] as [(String, String, Duration?)] {
            for (status, body) in [(429, #"{"code":99991400}"#), (400, #"{"code":99991400}"#), (429, "")] {
                var scenario = Scenario()
                var answer = Scenario.response(body, status: status)
                if let name = HTTPField.Name(name) { answer.headerFields[name] = text }
                scenario.script.answers["token"] = answer
                let error = await scenario.failure()
                #expect(error?.kind == .rateLimited)
                #expect(error?.retryAfter == time)
            }
        }
    }

    @Test(
        "may be missing: then the standard's count",
        arguments: [
            ("invalid_grant", .invalidCredential), ("invalid_client", .misconfigured),
            ("server_error", .upstreamUnavailable), ("canary secret", .upstreamMisbehaved),
        ] as [(String, BrokerError.Kind)])
    func standard(_ word: String, _ kind: BrokerError.Kind) async {
        let body = #"{"error":"\#(word)","error_description":"canary"}"#
        let error = await Scenario().answering("token", body, status: 400).failure()
        #expect(error?.kind == kind)
        #expect(error?.upstreamCode == (word.contains("canary") ? nil : word))
    }

    @Test(
        "of the standard count only where the status does not say that Feishu cannot serve, and at the token endpoint",
        arguments: [
            ("token", 503, "Service Unavailable", .upstreamUnavailable),
            ("token", 502, "invalid_grant", .upstreamUnavailable),
            ("token", 429, "too_many_requests", .rateLimited), ("user_info", 503, "x", .upstreamUnavailable),
            ("user_info", 429, "x", .rateLimited), ("user_info", 400, "invalid_grant", .upstreamMisbehaved),
        ] as [(String, Int, String, BrokerError.Kind)])
    func outages(_ word: String, _ status: Int, _ error: String, _ kind: BrokerError.Kind) async {
        var scenario = Scenario()
        var answer = Scenario.response(#"{"error":"\#(error)"}"#, status: status)
        answer.headerFields[.retryAfter] = "20"
        scenario.script.answers[word] = answer
        let failure = await scenario.failure()
        #expect(failure?.kind == kind)
        #expect(failure?.retryAfter == (status == 400 ? nil : .seconds(20)))
    }

    @Test("are read in an answer whose words are not UTF-8", arguments: ["\\ud83d", nil] as [String?])
    func brokenWords(words: String?) async throws {
        let broken = words.map { Array($0.utf8) } ?? [0xFF]
        let body = Array(#"{"code":20065,"msg":"A"#.utf8) + broken + Array(#""}"#.utf8)
        let error = await Scenario().answering("token", body).failure()
        #expect(error?.kind == .credentialAlreadyUsed)
        #expect(error?.upstreamCode == "20065")
        var scenario = Scenario().withLoginCodes
        scenario.script.appTokens.issued = ["canary-old-token", Scenario.appToken]
        scenario.script.appTokens.refused = ["canary-old-token"]
        scenario.script.appTokens.refusal.body = Array(#"{"code":99991664,"msg":"A"#.utf8) + broken + Array(#""}"#.utf8)
        #expect(try await scenario.desk().app().subject == Scenario.unionID)
    }

    @Test("name the setting where there is no such endpoint")
    func noEndpoint() async {
        for (word, setting) in [("token", "tokenPath"), ("user_info", "apiURL")] {
            let error = await Scenario().answering(word, "", status: 404).failure()
            #expect(error?.kind == .misconfigured)
            #expect(error?.message.contains(setting) == true)
        }
    }

    @Test("are each in one table once, and each row is tested")
    func unique() {
        for table in [Refusal.table, Refusal.tableOfUserInfo, Refusal.tableOfAppToken, Refusal.tableOfAppCodes] {
            let codes = table.flatMap(\.codes)
            #expect(Set(codes).count == codes.count)
        }
        #expect(Set(Self.rows.map { Int64($0.0) }).isSuperset(of: Refusal.table.flatMap(\.codes)))
    }

    @Test(
        "may be missing: then the status decides",
        arguments: [
            (500, .upstreamUnavailable), (429, .rateLimited), (404, .misconfigured), (418, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)])
    func status(_ status: Int, _ kind: BrokerError.Kind) async {
        for word in ["token", "user_info"] {
            #expect(await Scenario().answering(word, "<html>", status: status).failure()?.kind == kind)
        }
    }

    @Test(
        "that are malformed, and answers without any meaning, are Feishu's fault",
        arguments: ["token", "user_info"],
        [
            #"{"code":"x"}"#, #"{"code":true}"#, "", "<html>", "[]", "{}", #"{"code":0}"#, #"{"code":0,"data":null}"#,
            #"{"code":0,"data":{}}"#, #"{"code":0,"access_token":"a b"}"#, #"{"code":0,"data":[]}"#,
        ])
    func misbehaved(word: String, body: String) async {
        #expect(await Scenario().answering(word, body).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("of 0 as text is a success as well")
    func zeroAsText() async throws {
        let scenario = Scenario().answering("token", Scenario.token.replacing(#""code":0"#, with: #""code":"0""#))
            .answering("user_info", Scenario.userInfo.replacing(#""code":0"#, with: #""code":"0""#))
        #expect(try await scenario.desk().redirect().subject == Scenario.unionID)
        // No refresh token, without the permission.
        let plain = #"{"code":0,"access_token":"\#(Scenario.userToken)","token_type":"Bearer"}"#
        #expect(await Scenario().answering("token", plain).failure() == nil)
    }
}
