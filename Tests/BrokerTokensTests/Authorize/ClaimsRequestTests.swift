import Testing

@testable import BrokerTokens

@Suite("What a client asks for with the parameter claims")
struct ClaimsRequestTests {
    @Test("Known claims are asked for, voluntarily or not; others are ignored")
    func names() throws {
        let text = """
            {"userinfo":{"given_name":{"essential":true},"email":null,"http://example.info/claims/groups":null},
             "id_token":{"auth_time":{"essential":true},"acr":{"values":["urn:a"]},"phone_number":{}},"other":1}
            """
        let claims = try ClaimsRequest(text)
        #expect(claims.userInfo == ["given_name", "email"] && claims.idToken == ["phone_number"])
        #expect(claims.scopes == [.profile, .email, .phone] && claims.subject == nil)
    }

    @Test("A person has to allow the scopes that cover them")
    func consent() throws {
        let request = try RequestBench.request(
            "partner", ["scope": "openid", "claims": #"{"id_token":{"email":null}}"#])
        #expect(request.scope.text == "openid" && request.consentScope.text == "openid email")
    }

    @Test("A subject in it is the person that the answer must be about")
    func subject() throws {
        let request = try RequestBench.request("web", ["claims": #"{"id_token":{"sub":{"value":"248289761001"}}}"#])
        #expect(request.subject == "248289761001")
    }

    @Test("Nothing is asked for with an empty one", arguments: ["{}", #"{"userinfo":null}"#, #"{"userinfo":{}}"#])
    func empty(text: String) throws {
        #expect(try ClaimsRequest(text) == ClaimsRequest())
    }
}
