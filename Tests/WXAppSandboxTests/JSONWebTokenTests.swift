import Testing

@testable import WXAppSandbox

@Suite("A JSON web token")
struct JSONWebTokenTests {
    @Test("matches another implementation for the same claims and key")
    func knownAnswer() throws {
        let claims = TicketClaims(jti: "~~~???", userPoolId: "p", iat: 1, exp: 2)
        #expect(
            try JSONWebToken.sign(claims, key: "key")
                == "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                + "eyJleHAiOjIsImlhdCI6MSwianRpIjoifn5-Pz8_IiwidXNlclBvb2xJZCI6InAifQ."
                + "jwtnab_6uyAfOeUjrhsocH84ujFJZ4efwSDeujS-8Zs"
        )
    }

    @Test("begins as the vendor's tickets do")
    func prefix() throws {
        let claims = TicketClaims(jti: "", userPoolId: "", iat: 0, exp: 0)
        #expect(try JSONWebToken.sign(claims, key: "").hasPrefix("eyJhbGciOiJIUz"))
    }
}
