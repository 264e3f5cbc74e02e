import BrokerTesting
import Foundation
import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("The start of a redirect login", .timeLimit(.minutes(15)))
struct RedirectStartTests {
    private let bench = RedirectBench()

    /// What is replaced in a correct URL, and by what.
    @Test(
        "refuses a URL that would not protect the login",
        arguments: [
            ("state=", "stat="), ("state=", "state=x"), ("state=", "state=a&state="), ("&state=", "#state="),
            ("redirect_uri=", "redirect="), ("callback", "callback2"),
            ("redirect_uri=", "redirect_uri=x&redirect_uri="),
            ("code_challenge=", "challenge="), ("code_challenge=", "code_challenge=x"), ("S256", "plain"),
            ("&code_challenge_method=S256", ""), ("nonce=", "once="), ("nonce=", "nonce=x"),
            ("client_id=me", "request=eyJ"), ("client_id=me", "request_uri=urn:x"), ("client_id=me", "re%71uest=eyJ"),
            ("client_id=me", "response_type=token"), ("client_id=me", "response_type=code%20id_token"),
            ("client_id=me", "response_mode=form_post"),
            ("client_id=me", "response_mode=fragment"), ("client_id=me", "a=%zz"), ("client_id=me", "a b"),
            ("client_id=me", "client_id=me&client_id=me"), ("client_id=me", "a=1&%61=1"),
            ("client_id=me", "a=\r\nSet-Cookie:x"), ("client_id=me", "a=ü"),
            ("client_id=me", String(repeating: "a", count: 8192)), ("https:", "javascript:"),
            ("https:", "http:"), ("https://", ""), ("upstream.example", "user@upstream.example"),
            ("upstream.example", "upstream.example\\@evil.example"), ("upstream.example", ""),
        ]
    )
    func unsafeURL(_ part: String, _ replacement: String) async throws {
        let broker = try bench.makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: RedirectProvider.url(for: flow).replacing(part, with: replacement))
            })
        let error = await bench.refusal(broker, ofRedirectTo: "site")
        #expect(error?.provider == "site")
        #expect(error?.kind == (replacement == "http:" ? .misconfigured : .internalError))
    }

    @Test("never shows the code verifier to a browser")
    func shownVerifier() async throws {
        let broker = try bench.makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&v=\(flow.codeVerifier.reveal())")
            })
        #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("omits the challenge if the type's upstream does not support it, and may lead to a sandbox's plain page")
    func leniency() async throws {
        let broker = try bench.makeBroker(
            .init(form: RedirectForm(usesPKCE: false)) { flow, _ in
                let url = RedirectProvider.url(for: flow).replacing("code_challenge", with: "ignored")
                return AuthorizationRequest(
                    url: url.replacing("https://upstream.example", with: "http://127.0.0.1:8080") + "#wechat_redirect")
            })
        #expect(
            try await broker.beginRedirect("site", returningTo: RedirectBench.uri).url.hasSuffix("#wechat_redirect"))
    }

    @Test("uses shared values, fetched once for all logins")
    func sharing() async throws {
        let broker = try bench.makeBroker(
            .init { flow, context in
                let text = try await context.shared(.text("discovery"))
                return AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&found=\(text.isEmpty)")
            })
        for _ in 0..<10 {
            #expect(try await broker.beginRedirect("site", returningTo: RedirectBench.uri).url.hasSuffix("found=true"))
        }
        #expect(bench.transport.sendings.map(\.request) == [.keys("discovery")])
    }

    /// What replaces the method of the challenge.
    @Test(
        "may push its parameters once, which are checked like a URL",
        arguments: [("plain", false), ("S256&client_id=me", false), ("S256", true)])
    func pushing(method: String, isComplete: Bool) async throws {
        let request: @Sendable (RedirectFlow) -> UpstreamRequest = { flow in
            let form = RedirectProvider.parameters(of: flow).replacing("S256", with: method)
            return UpstreamRequest(method: .post, url: .example("par"), body: Array(form.utf8))
        }
        let broker = try bench.makeBroker(
            .init { flow, context in
                _ = try await context.push(request(flow))
                let error = await #expect(throws: BrokerError.self) { try await context.push(request(flow)) }
                #expect(error?.kind == .internalError)
                return AuthorizationRequest(url: "https://upstream.example/authorize?client_id=me&request_uri=urn:x")
            })
        if isComplete {
            #expect(
                try await broker.beginRedirect("site", returningTo: RedirectBench.uri).url.hasSuffix(
                    "request_uri=urn:x"))
        } else {
            #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
        }
        #expect(bench.transport.sendings.count == (isComplete ? 1 : 0))
    }

    @Test(
        "has nothing else in the URL once its parameters are pushed", arguments: ["nonce=x", "response_mode=fragment"])
    func besidePushed(parameter: String) async throws {
        let broker = try bench.makeBroker(
            .init { flow, context in
                let form = RedirectProvider.parameters(of: flow)
                _ = try await context.push(
                    UpstreamRequest(method: .post, url: .example("par"), body: Array(form.utf8)))
                return AuthorizationRequest(
                    url: "https://upstream.example/authorize?client_id=me&request_uri=urn:x&\(parameter)")
            })
        #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("needs its parameters in the URL if they were not pushed")
    func notPushed() async throws {
        let broker = try bench.makeBroker(
            .init { _, _ in AuthorizationRequest(url: "https://upstream.example/authorize?request_uri=urn:x") })
        #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("does not wait longer than a login may take, whatever the provider does")
    func deadline() async throws {
        let gate = Gate()
        let broker = try bench.makeBroker(
            .init { flow, _ in
                await gate.passStubbornly()
                return AuthorizationRequest(url: RedirectProvider.url(for: flow))
            })
        let start = Task { await bench.refusal(broker, ofRedirectTo: "site")?.kind }
        try await gate.waitForArrivals()
        bench.clock.advance(by: .seconds(10))
        #expect(await start.value == .timedOut)
        gate.open()
    }

    @Test("fails if the instance is disabled in the meantime")
    func killSwitch() async throws {
        let gate = Gate()
        let broker = try bench.makeBroker(
            .init { flow, _ in
                try await gate.pass()
                return AuthorizationRequest(url: RedirectProvider.url(for: flow))
            })
        let start = Task { await bench.refusal(broker, ofRedirectTo: "site")?.kind }
        try await gate.waitForArrivals()
        broker.setEnabled(false, for: "site")
        broker.setEnabled(true, for: "site")
        gate.open()
        #expect(await start.value == .providerDisabled)
    }

    @Test("fails without support for it")
    func nowhere() async throws {
        let broker = try bench.makeBroker(.init { _, _ in throw BrokerError(.misconfigured, "No client id.") })
        #expect(await bench.refusal(broker, ofRedirectTo: "nobody")?.kind == .unknownProvider)
        #expect(await bench.refusal(broker, ofRedirectTo: Bench.id)?.kind == .misconfigured)
        #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .misconfigured)
        broker.setEnabled(false, for: "site")
        #expect(await bench.refusal(broker, ofRedirectTo: "site")?.kind == .providerDisabled)
    }
}
