import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Proof keys for code exchange (RFC 7636)")
struct CodeChallengeTests {
    @Test("The example of Appendix B holds")
    func example() throws {
        let challenge = try #require(CodeChallenge(RequestBench.challenge))
        #expect(challenge.isMet(by: RequestBench.verifier))
    }

    @Test("Any other verifier fails, also one that is its own challenge as plain would have it")
    func others() throws {
        let challenge = try #require(CodeChallenge(RequestBench.challenge))
        let text = RequestBench.verifier.reveal()
        for other in ["", RequestBench.challenge, text + "a", String(text.dropLast()), text.lowercased(), " " + text] {
            #expect(!challenge.isMet(by: Secret(other)), "\(other)")
        }
    }

    @Test(
        "A verifier has 43 to 128 unreserved characters",
        arguments: [
            (42, "a", false), (43, "a", true), (128, "~", true), (129, "a", false), (43, "+", false), (43, "é", false),
        ])
    func form(count: Int, character: String, isValid: Bool) throws {
        let verifier = Secret(String(repeating: character, count: count))
        let challenge = try #require(CodeChallenge(RequestBench.challenge(of: verifier)))
        #expect(challenge.isMet(by: verifier) == isValid)
    }
}
