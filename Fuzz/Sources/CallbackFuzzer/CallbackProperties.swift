import FuzzSupport
import IdentityBroker

/// What holds for whatever a browser brings to the redirect URI.
enum CallbackProperties {
    /// The word in an input that stands for the state of the flow.
    private static let stateWord = "STATE"

    /// - Parameter input: A query, or a form. It is brought to each site.
    static func check(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        for site in Site.all {
            let visit = Visit(of: site) { state in Self.texts(text.replacing(stateWord, with: state)) }
            check(visit)
        }
    }

    /// The text in other spellings, all of which mean the same: with a question mark, and in the other order.
    private static func texts(_ text: String) -> [String] {
        let content = text.utf8.first == UInt8(ascii: "?") ? Substring(text.utf8.dropFirst()) : text[...]
        // By bytes: a mark behind an ampersand would make one character of both.
        let pairs = content.utf8.split(separator: UInt8(ascii: "&")).map { String(Substring($0)) }
        return [text, "?\(content)", pairs.reversed().joined(separator: "&")]
    }

    private static func check(_ visit: Visit) {
        for answer in visit.answers {
            let expected = Expectation(of: answer.text, at: visit.site, state: visit.state)
            check(answer, expected, at: visit)
        }
    }

    private static func check(_ answer: Visit.Answer, _ expected: Expectation, at visit: Visit) {
        switch (answer.outcome, expected) {
        case (.success, .code(let code, let user)):
            property(
                "The code is the one in the answer", holds: answer.sent.map { $0.code.isIdentical(to: code) } == [true])
            property("So is what comes with it", holds: answer.sent.first?.user == user)
            property("An answer serves once", holds: answer.again == .credentialAlreadyUsed)
            property("No other code serves after it", holds: answer.other == .credentialAlreadyUsed)
        case (.failure(let error), .refusal(let kinds)):
            property("A refusal says what it is for", holds: kinds.contains(error.kind))
            property("What is refused sends nothing", holds: answer.sent.isEmpty)
            property("What is refused leaves the flow to the right answer", holds: answer.other == nil)
        case (.success, .refusal):
            property("Exactly one code with the right state and issuer is accepted, and nothing else", holds: false)
        case (.failure, .code):
            property("What answers the flow is accepted", holds: false)
        }
        for trace in answer.traces {
            property("The state stands in no trace", holds: !trace.holds(visit.state))
            if case .code(let code, _) = expected, code.utf8.count >= 16 {
                property("The code stands in no trace", holds: !trace.holds(code))
            }
        }
    }
}
