import Testing

@testable import BrokerTokens

@Suite("Answers to authorization requests")
struct AuthorizationResponseTests {
    @Test(
        "Parameters are added to the query that the redirect URI has",
        arguments: [
            ("https://app.example.com/callback", "https://app.example.com/callback?"),
            ("https://app.example.com/other?tenant=1", "https://app.example.com/other?tenant=1&"),
            ("https://app.example.com/a?", "https://app.example.com/a?"),
            ("com.example.phone:/callback", "com.example.phone:/callback?"),
        ])
    func location(redirectURI: String, start: String) {
        let target = ResponseTarget(redirectURI: redirectURI, mode: .query, state: "a&b=c d\u{e9}+")
        let response = AuthorizationResponse(
            OAuthError(.accessDenied, "No."), to: target, from: "https://id.example.com")
        #expect(
            response.location == start
                + "error=access_denied&error_description=No.&state=a%26b%3Dc%20d%C3%A9%2B&iss=https%3A%2F%2Fid.example.com"
        )
    }

    @Test("Nothing of an answer can be printed")
    func secrecy() {
        let target = ResponseTarget(redirectURI: RequestBench.redirectURI, mode: .query, state: "canary")
        let response = AuthorizationResponse(
            OAuthError(.accessDenied, "No."), to: target, from: "https://id.example.com")
        #expect(!"\(response)".contains("canary"))
        var dumped = ""
        dump(response, to: &dumped)
        #expect(!dumped.contains("canary"))
    }
}
