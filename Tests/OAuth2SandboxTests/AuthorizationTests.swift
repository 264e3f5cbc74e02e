import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import OAuth2Sandbox

@Suite("The authorization endpoint of the OAuth 2.0 sandbox")
struct AuthorizationTests {
    @Test("answers each vendor's request with a code, the state and what the vendor adds", arguments: Vendor.all)
    func code(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let answer = try bench.answer()
        #expect(answer.redirectURI == SandboxBench.redirectURI && !answer.isPosted)
        #expect(answer.parameters["state"] == "s" && answer.parameters["code"]?.hasPrefix("code-") == true)
        let more = Set(answer.parameters.keys).subtracting(["code", "state"])
        let expected: Set<String> =
            switch vendor.type {
            case "github": ["iss"]
            case "vk": ["device_id", "type", "expires_in"]
            case "tiktok": ["scopes"]
            default: []
            }
        #expect(more == expected)
    }

    @Test("tells each client that the person declined", arguments: Vendor.all)
    func refusal(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let parameters = try bench.answer(as: .refuse).parameters
        #expect(parameters["error"] == "access_denied" && parameters["state"] == "s" && parameters["code"] == nil)
    }

    @Test(
        "tells the client what is wrong with its request",
        arguments: [
            (.oauth2, ["response_type": "token"], "unsupported_response_type"),
            (.oauth2, ["code_challenge": nil, "code_challenge_method": nil], "invalid_request"),
            (.vk, ["code_challenge": nil, "code_challenge_method": nil], "invalid_request"),
            (.x, ["code_challenge_method": "plain"], "invalid_request"),
            (.github, ["code_challenge": "short"], "invalid_request"),
        ] as [(Vendor, [String: String?], String)])
    func faults(vendor: Vendor, changes: [String: String?], error: String) throws {
        var bench = SandboxBench(vendor)
        let answer = try bench.answer(changes)
        #expect(answer.parameters["error"] == error && answer.parameters["code"] == nil)
    }

    @Test("takes a request without PKCE where the vendor checks it without requiring it")
    func withoutChallenge() throws {
        var bench = SandboxBench(.github)
        #expect(
            try bench.answer(["code_challenge": nil, "code_challenge_method": nil]).parameters["code"] != nil)
    }

    @Test(
        "sends no browser away for another client, or to an address that is not the client's",
        arguments: [
            ["client_id": "another"], ["client_id": nil], ["redirect_uri": nil],
            ["redirect_uri": "https://app.example/callback/"],
            ["redirect_uri": "http://127.0.0.1:4711/callback/other"],
            ["redirect_uri": "http://127.0.0.1:4711@evil.example/callback/work"],
        ] as [[String: String?]])
    func staysHere(changes: [String: String?]) throws {
        var bench = SandboxBench()
        let query = FormText.encode(SandboxBench.changed(bench.request, changes))
        guard case .error = bench.state.authorize(query, .agree(Person.all[0]), at: SandboxBench.now) else {
            Issue.record("It was accepted.")
            return
        }
    }

    @Test("knows the client by the vendor's name for it")
    func idName() throws {
        var bench = SandboxBench(.tiktok)
        let query = FormText.encode(
            SandboxBench.changed(bench.request, ["client_key": nil, "client_id": Vendor.tiktok.clientId]))
        guard case .error = bench.state.authorize(query, nil, at: SandboxBench.now) else {
            Issue.record("It was accepted.")
            return
        }
    }

    @Test("shows a page to choose a person from, and no other page")
    func page() throws {
        var bench = SandboxBench(.gitee)
        func page(_ target: String, _ method: String = "GET") throws -> ServerResponse {
            let script = bench.state.answerBrowser(
                ReceivedRequest(method: method, target: target), at: SandboxBench.now)
            guard case .respond(let response)? = script.steps.first else { throw NoResponse() }
            return response
        }
        let start = "/oauth/authorize?\(FormText.encode(bench.request))"
        let choice = String(decoding: try page(start).body, as: UTF8.self)
        for person in Person.all { #expect(choice.contains("sandbox_choice=\(person.name)")) }
        #expect(choice.contains("<h1>Gitee sandbox</h1>"))
        let signedIn = try page("\(start)&sandbox_choice=grace")
        let location = try #require(signedIn.headers.first { $0.name == "Location" }?.value)
        #expect(signedIn.status == 302 && location.hasPrefix("\(SandboxBench.redirectURI)?code=code-"))
        #expect(try page("/oauth/authorize").status == 400)
        #expect(try page("/other").status == 404)
        #expect(try page(start, "POST").status == 405)
    }

    private struct NoResponse: Error {}
}
