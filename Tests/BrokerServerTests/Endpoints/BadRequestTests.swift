import BrokerObservability
import BrokerServing
import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import Metrics
import NIOCore
import Testing

@testable import BrokerServer

@Suite("Bad requests")
struct BadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var form: [(String, String)] = .exchange()
        var status = 400
        let error: String

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "an unknown grant", form: .exchange().replacing("grant_type", "password"),
            error: "unsupported_grant_type"),
        Case(
            name: "a provider that there is not", form: .exchange().replacing("provider", "nobody"),
            error: "invalid_request"),
        Case(
            name: "a provider that is no id", form: .exchange().replacing("provider", "No Body"),
            error: "invalid_request"),
        Case(
            name: "an unknown token type",
            form: .exchange().replacing("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
            error: "invalid_request"),
        Case(
            name: "a requested type that is not issued",
            form: .exchange() + [("requested_token_type", "urn:ietf:params:oauth:token-type:saml2")],
            error: "invalid_request"),
        Case(name: "an actor", form: .exchange() + [("actor_token", "x")], error: "invalid_request"),
        Case(name: "an unknown scope", form: .exchange() + [("scope", "openid admin")], error: "invalid_scope"),
        Case(
            name: "an audience of somebody else's", form: .exchange() + [("audience", "https://other.example.com")],
            error: "invalid_target"),
        Case(
            name: "a resource of somebody else's", form: .exchange() + [("resource", "https://other.example.com")],
            error: "invalid_target"),
        Case(
            name: "another client's id beside its own", form: .exchange() + [("client_id", "stranger")],
            error: "invalid_request"),
        Case(
            name: "two ways of authenticating", form: .exchange() + [("client_secret", ServiceBench.secret)],
            error: "invalid_request"),
        Case(name: "a repeated parameter", form: .exchange() + [("provider", "tickets")], error: "invalid_request"),
        Case(
            name: "a parameter repeated with another value", form: .exchange() + [("subject_token", "bob.1")],
            error: "invalid_request"),
        Case(
            name: "a refresh token that nobody issued",
            form: [("grant_type", "refresh_token"), ("refresh_token", "x.y")], error: "invalid_grant"),
    ]

    @Test(
        "Each is refused with the standard's error, nothing is issued, and it appears in the audit log",
        arguments: cases
    )
    func refused(_ bad: Case) async throws {
        let bench = try await ServiceBench()
        let before = bench.store.auditEvents.count
        let answer = try await bench.post("/oauth2/token", bad.form)
        #expect(answer.status == bad.status)
        #expect(answer["error"] == bad.error)
        #expect(answer["error_description"]?.isEmpty == false)
        #expect(answer["access_token"] == nil)
        let events = bench.store.auditEvents.dropFirst(before)
        #expect(events.contains { $0.failure != nil })
        #expect(!events.contains { $0.failure == nil })
        // The ticket was not used, and is still valid.
        #expect(try await bench.exchange().status == 200)
    }

    /// A form, whether the client authenticates in two ways at once, and what the refusal is recorded as.
    @Test(
        "A refusal before the grant is handled is recorded as what was asked for, in the audit log and in metrics",
        arguments: [
            (.exchange(), true, "token_exchange"),
            ([("grant_type", "refresh_token"), ("refresh_token", "x.y")], true, "refresh"),
            ([("grant_type", "refresh_token")], false, "refresh"),
            ([("grant_type", "password")], false, "token_request"),
            ([("grant_type", "password")], true, "token_request"),
            ([("scope", "openid")], false, "token_request"),
            ([("grant_type", "refresh_token"), ("grant_type", "refresh_token")], false, "token_request"),
        ] as [([(String, String)], Bool, String)]
    )
    func action(form: [(String, String)], authenticatesTwice: Bool, action: String) async throws {
        let (bench, metrics) = (try await ServiceBench(), PrometheusRegistry())
        let form = form + (authenticatesTwice ? [("client_secret", ServiceBench.secret)] : [])
        let answer = try await withMetricsFactory(metrics) { try await bench.post("/oauth2/token", form) }
        let error = try #require(answer["error"])
        #expect(bench.store.auditEvents.map(\.action.rawValue) == [action])
        #expect(bench.store.auditEvents.map(\.failure) == [error])
        let lines = metrics.text().split(separator: "\n").filter { $0.hasPrefix("broker_token_requests_total{") }
        #expect(lines == [#"broker_token_requests_total{action="\#(action)",outcome="\#(error)"} 1"#])
    }

    @Test(
        "CVE-2023-27490, missing is failure: an exchange that lacks any parameter is refused",
        arguments: ["grant_type", "provider", "subject_token", "subject_token_type"], [true, false]
    )
    func missing(parameter: String, isEmpty: Bool) async throws {
        let bench = try await ServiceBench()
        let form = [(String, String)].exchange()
        let answer = try await bench.post(
            "/oauth2/token", isEmpty ? form.replacing(parameter, "") : form.replacing(parameter))
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
        #expect(answer["error_description"]?.contains(parameter) == true)
    }

    @Test("Missing is failure at every other endpoint", arguments: ["/oauth2/revoke", "/oauth2/introspect"])
    func missingToken(path: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post(path, [])
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
    }

    @Test(
        "A body that is not a form is refused",
        arguments: [
            ("application/json", #"{"grant_type":"x"}"#), ("application/x-www-form-urlencodedx", "a=b"),
            ("multipart/form-data", "a=b"), ("", "a=b"), ("application/x-www-form-urlencoded", "a=%zz"),
            ("application/x-www-form-urlencoded", "a=%ff"), ("application/x-www-form-urlencoded", "%e2%82=b"),
        ]
    )
    func noForm(type: String, body: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post("/oauth2/token", raw: body, [.contentType: type])
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
        #expect(bench.store.auditEvents.last?.failure == "invalid_request")
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notUTF8() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(
            .post, "/oauth2/token", headers: [.contentType: "application/x-www-form-urlencoded"],
            body: RequestBody(buffer: ByteBuffer(bytes: [0x61, 0x3D, 0xFF])))
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
    }

    @Test("A body over the limit is refused, one of exactly that size is read")
    func tooLong() async throws {
        let bench = try await ServiceBench(bounds: RequestBounds(bodySize: 1024))
        let answer = try await bench.post("/oauth2/token", raw: "a=" + String(repeating: "b", count: 1023))
        #expect((answer.status, answer["error"]) == (413, "invalid_request"))
        let longest = try await bench.post("/oauth2/token", raw: "a=" + String(repeating: "b", count: 1022))
        #expect(longest.status == 400)
    }

    @Test("A body that declares excessive length is refused before it is read")
    func tooLongByItsHeader() async throws {
        let bench = try await ServiceBench()
        let (body, source) = RequestBody.makeStream()
        let answer = try await bench.send(
            .post, "/oauth2/token",
            headers: [.contentType: "application/x-www-form-urlencoded", .contentLength: "70000"], body: body)
        #expect(answer.status == 413)
        source.finish()
    }

    @Test("A body that does not arrive is refused when its time is over")
    func silentBody() async throws {
        let bench = try await ServiceBench()
        let (body, source) = RequestBody.makeStream()
        async let waiting = bench.send(
            .post, "/oauth2/token", headers: [.contentType: "application/x-www-form-urlencoded"], body: body)
        try await bench.clock.waitForSleepers(1)
        bench.clock.advance(by: .seconds(10))
        let answer = try await waiting
        #expect((answer.status, answer["error"]) == (408, "invalid_request"))
        source.finish()
    }

    @Test("Parameters in the query are refused: they would end up in logs")
    func query() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post("/oauth2/token?provider=tickets", .exchange())
        #expect((answer.status, answer["error"]) == (400, "invalid_request"))
    }

    @Test("An unknown parameter is ignored")
    func unknownParameter() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.post("/oauth2/token", .exchange() + [("foo", "bar")]).status == 200)
    }

    @Test(
        "An unsupported method gets 405 and the supported ones",
        arguments: [
            (HTTPRequest.Method.get, "/oauth2/token", "POST"), (.put, "/oauth2/revoke", "POST"),
            (.delete, "/providers", "GET, HEAD"), (.post, "/oauth2/jwks", "GET, HEAD"),
            (.patch, "/oauth2/userinfo", "GET, HEAD, POST"),
        ]
    )
    func method(method: HTTPRequest.Method, path: String, allowed: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == allowed)
    }

    @Test("OPTIONS * gets the methods that resources of the server support (RFC 9110 §9.3.7)")
    func serverOptions() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(.options, "*")
        #expect(answer.status == 204)
        #expect(answer.headers[.allow] == "GET, HEAD, POST, OPTIONS")
        #expect(try await bench.send(.get, "*").status == 404)
    }

    @Test("An unknown method gets 501 (RFC 9110 §9.1)")
    func unknownMethod() async throws {
        let method = try #require(HTTPRequest.Method("BREW"))
        #expect(try await ServiceBench().send(method, "/providers").status == 501)
    }

    @Test("An unknown path gets 404 in JSON, and a request id")
    func unknownPath() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(.get, "/oauth2/nothing")
        #expect(answer.status == 404)
        #expect(answer["error"] == "not_found")
        #expect(try #require(HTTPField.Name("X-Request-ID").flatMap { answer.headers[$0] }).count == 36)
    }

    @Test("CVE-2020-36599: no input is echoed")
    func reflection() async throws {
        let bench = try await ServiceBench()
        let canary = "<script>canary</script>"
        for form in [
            [(String, String)].exchange().replacing("grant_type", canary), .exchange().replacing("provider", canary),
            .exchange() + [("scope", canary)], .exchange() + [("audience", canary)],
            .exchange() + [(canary, "1"), (canary, "2")],
            .exchange().replacing("subject_token_type", canary), .exchange(canary),
        ] {
            let answer = try await bench.post("/oauth2/token", form)
            #expect(answer.status >= 400)
            #expect(!answer.text.contains("canary"))
        }
        #expect(!bench.log.mentions("canary"))
    }
}
