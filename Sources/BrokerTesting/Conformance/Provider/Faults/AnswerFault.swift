import LoopbackServer

/// Something that an upstream does in answer to a request, and should not.
struct AnswerFault: Sendable, CustomStringConvertible {
    /// How it continues.
    enum Course: Sendable {
        /// It ends.
        case ending
        /// Nothing more arrives, until the deadline.
        case stalling
    }

    /// What the upstream does, in a few words.
    let description: String
    let course: Course
    let script: Treatment.Answer

    /// A fault that ends.
    static func answer(_ description: String, _ script: @escaping Treatment.Answer) -> AnswerFault {
        AnswerFault(description: description, course: .ending, script: script)
    }

    /// A fault that stalls after this.
    static func stall(_ description: String, _ script: @escaping Treatment.Answer) -> AnswerFault {
        AnswerFault(description: description, course: .stalling, script: script)
    }

    /// A complete and correct JSON response with this body.
    static func body(_ description: String, _ body: @escaping @Sendable (Scene) -> [UInt8]) -> AnswerFault {
        answer(description) { .json(body($0)) }
    }
}

extension AnswerFault {
    /// Every fault.
    static let all =
        content + framing + redirects + failures + contradictions + noContent + patience + lostConnections + stalls

    /// What the upstream says in its own words wherever it can. No error may repeat it.
    static let words = "wqzkvxjpmyhdbtgncfrsluoeia"
}

extension ServerScript {
    /// A complete and correct response of type `application/json`, whatever the body is.
    static func json(_ body: [UInt8], headers: [HeaderField] = []) -> ServerScript {
        .respond(headers: [HeaderField("Content-Type", "application/json")] + headers, body: body)
    }
}

extension HandshakeFault {
    /// The faults that do not wait for a deadline, by what the upstream does.
    static let endings: [(String, HandshakeFault)] = [
        ("a certificate for another host", .certificateForAnotherHost),
        ("a certificate of another authority", .certificateOfAnotherAuthority),
        ("a certificate that has expired", .expiredCertificate),
        ("TLS 1.1 and nothing newer", .obsoleteTLSVersion),
        ("a connection reset in the handshake", .reset),
    ]
}
