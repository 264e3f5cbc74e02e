import LoopbackServer

/// Something that an upstream does in answer to a request, and should not.
struct AnswerFault: Sendable, CustomStringConvertible {
    /// How it goes on.
    enum Course: Sendable {
        /// It comes to an end.
        case ending
        /// Nothing more comes, until the deadline.
        case stalling
    }

    /// What the upstream does, in a few words.
    let description: String
    let course: Course
    let script: Treatment.Answer

    /// A fault that comes to an end.
    static func answer(_ description: String, _ script: @escaping Treatment.Answer) -> AnswerFault {
        AnswerFault(description: description, course: .ending, script: script)
    }

    /// A fault that stalls after this.
    static func stall(_ description: String, _ script: @escaping Treatment.Answer) -> AnswerFault {
        AnswerFault(description: description, course: .stalling, script: script)
    }

    /// A whole and true JSON response with this body.
    static func body(_ description: String, _ body: @escaping @Sendable (Scene) -> [UInt8]) -> AnswerFault {
        answer(description) { .json(body($0)) }
    }
}

extension AnswerFault {
    /// Every fault there is.
    static let all =
        content + framing + redirects + failures + contradictions + noContent + patience + lostConnections + stalls

    /// What the upstream says in its own words wherever it has the occasion. No error may repeat it.
    static let words = "wqzkvxjpmyhdbtgncfrsluoeia"
}

extension ServerScript {
    /// A whole and true response of type `application/json`, whatever the body is.
    static func json(_ body: [UInt8], headers: [HeaderField] = []) -> ServerScript {
        .respond(headers: [HeaderField("Content-Type", "application/json")] + headers, body: body)
    }
}
