import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import OpenIDConnectSandbox

@Suite("The authorization endpoint of the OpenID sandbox")
struct AuthorizationTests {
    @Test("answers with a code, the state and its own name")
    func code() throws {
        var bench = try SandboxBench()
        let answer = try bench.answer()
        #expect(answer.redirectURI == SandboxBench.redirectURI && !answer.isPosted)
        #expect(Set(answer.parameters.keys) == ["code", "state", "iss"])
        #expect(answer.parameters["state"] == "s" && answer.parameters["iss"] == "https://localhost:1")
    }

    @Test("tells the client that the person declined, in the vendor's word")
    func refusal() throws {
        var bench = try SandboxBench()
        #expect(try bench.answer(as: .refuse).parameters["error"] == "access_denied")
        var apple = try SandboxBench(.apple)
        let answer = try apple.answer(["response_mode": "form_post"], as: .refuse)
        #expect(answer.parameters == ["error": "user_cancelled_authorize", "state": "s"] && answer.isPosted)
    }

    @Test(
        "tells the client what is wrong with its request",
        arguments: [
            (["response_type": "token"], "unsupported_response_type"), (["scope": "profile"], "invalid_scope"),
            (["code_challenge_method": "plain"], "invalid_request"), (["code_challenge": "short"], "invalid_request"),
            (["code_challenge": nil], "invalid_request"), (["response_mode": "fragment"], "invalid_request"),
            (["prompt": "none"], "login_required"),
        ] as [([String: String?], String)])
    func faults(changes: [String: String?], error: String) throws {
        var bench = try SandboxBench()
        let answer = try bench.answer(changes)
        #expect(answer.parameters["error"] == error && answer.parameters["code"] == nil)
    }

    @Test(
        "sends no browser to an address that is not exactly the client's",
        arguments: [
            "https://app.example/callback/", "https://app.example/callback?a=1", "https://evil.example/callback",
            "http://127.0.0.1:4711/callback/other", "http://127.0.0.1:4711@evil.example/callback/work",
            "http://127.0.0.1.evil.example/callback/work", "http://127.0.0.1:70000/callback/work",
            "http://127.0.0.1:1/2/callback/work", "",
        ])
    func redirectURI(uri: String) throws {
        var bench = try SandboxBench()
        let query = FormText.encode(SandboxBench.changed(bench.request, ["redirect_uri": uri]))
        guard case .error = bench.state.authorize(query, .agree(Person.all[0]), at: SandboxBench.now) else {
            Issue.record("It was accepted.")
            return
        }
    }

    @Test(
        "knows the client's addresses",
        arguments: [
            "https://app.example/callback", "http://127.0.0.1/callback/work", "http://127.0.0.1:1/callback/work",
        ])
    func ownRedirectURI(uri: String) throws {
        var bench = try SandboxBench()
        #expect(try bench.answer(["redirect_uri": uri]).parameters["code"] != nil)
    }

    @Test("takes no form_post where the vendor has none")
    func queryAlone() throws {
        var bench = try SandboxBench(.linkedin)
        let answer = try bench.answer(["response_mode": "form_post"])
        #expect(answer.parameters["error"] == "invalid_request")
    }

    @Test("takes its request by POST as well, and goes on with it")
    func post() throws {
        var bench = try SandboxBench()
        let form = ReceivedRequest(
            method: "POST", target: "/authorize", headers: SandboxBench.form,
            body: Array(FormText.encode(bench.request).utf8))
        guard case .respond(let page)? = bench.state.answerBrowser(form, at: SandboxBench.now).steps.first else {
            throw NoResponse()
        }
        let text = String(decoding: page.body, as: UTF8.self)
        let link = try #require(text.firstMatch(of: /href="(\?[^"]+sandbox_choice=ada)"/)?.1)
        let next = ReceivedRequest(method: "GET", target: "/authorize\(link.replacing("&amp;", with: "&"))")
        guard case .respond(let answer)? = bench.state.answerBrowser(next, at: SandboxBench.now).steps.first else {
            throw NoResponse()
        }
        #expect(answer.headers.contains { $0.name == "Location" && $0.value.contains("code=code-") })
    }

    @Test("requires PKCE of a client without a secret, and takes a request without it from others")
    func challenge() throws {
        let without: [String: String?] = ["code_challenge": nil, "code_challenge_method": nil]
        var open = try SandboxBench(methods: [.none])
        #expect(try open.answer(without).parameters["error"] == "invalid_request")
        var confidential = try SandboxBench()
        #expect(try confidential.answer(without).parameters["code"] != nil)
    }

    @Test("keeps a pushed request for one decision, and for one client")
    func pushed() throws {
        var bench = try SandboxBench()
        let form = SandboxBench.changed(bench.request, ["client_secret": "client-secret"])
        let pushed = try bench.state.push(form, [], at: SandboxBench.now)
        #expect(pushed.status == 201)
        guard case .text(let reference)? = pushed.members["request_uri"] else {
            Issue.record("There is no request_uri.")
            return
        }
        func outcome(_ client: String, _ decision: Decision?, after seconds: TimeInterval = 1) -> AuthorizationOutcome {
            bench.state.authorize(
                FormText.encode(["client_id": client, "request_uri": reference]), decision,
                at: SandboxBench.now.addingTimeInterval(seconds))
        }
        guard case .error = outcome("another", nil), case .choice = outcome(bench.state.client.id, nil),
            case .error = outcome(bench.state.client.id, nil, after: 601),
            case .answer(let answer) = outcome(bench.state.client.id, .agree(Person.all[0])),
            case .error = outcome(bench.state.client.id, .agree(Person.all[0]))
        else {
            Issue.record("Another outcome was expected.")
            return
        }
        #expect(answer.parameters["code"] != nil)
        #expect(throws: Refusal.client) {
            try bench.state.push(SandboxBench.changed(form, ["client_secret": "wrong"]), [], at: SandboxBench.now)
        }
    }

    @Test("shows a page to choose a person from, with nothing in it that HTML would interpret")
    func page() throws {
        var bench = try SandboxBench()
        let query = FormText.encode(bench.request) + "&x=%22%3E<script>\"'"
        func page(_ choice: String) throws -> ServerResponse {
            let script = bench.state.answerBrowser(
                ReceivedRequest(method: "GET", target: "/authorize?\(query)\(choice)"), at: SandboxBench.now)
            guard case .respond(let response)? = script.steps.first else { throw NoResponse() }
            return response
        }
        let choice = String(decoding: try page("").body, as: UTF8.self)
        for person in Person.all { #expect(choice.contains("sandbox_choice=\(person.name)")) }
        #expect(choice.contains("sandbox_choice=cancel") && !choice.contains("<script") && !choice.contains("script>"))
        let signedIn = try page("&sandbox_choice=grace")
        let location = try #require(signedIn.headers.first { $0.name == "Location" }?.value)
        #expect(signedIn.status == 302 && location.hasPrefix("\(SandboxBench.redirectURI)?code=code-"))
        let cancelled = try page("&sandbox_choice=cancel")
        #expect(cancelled.headers.contains { $0.name == "Location" && $0.value.contains("error=access_denied") })
        #expect(try page("&sandbox_choice=nobody").status == 200)
    }

    @Test("posts the answer as a form where it is asked to, and a name once")
    func formPost() throws {
        var bench = try SandboxBench(.apple)
        let first = try bench.answer(["response_mode": "form_post"])
        #expect(first.isPosted && first.parameters["user"]?.contains(#""firstName":"Ada""#) == true)
        #expect(try bench.answer(["response_mode": "form_post"]).parameters["user"] == nil)
        #expect(try bench.answer().parameters["error"] == "invalid_request")
    }

    private struct NoResponse: Error {}
}
