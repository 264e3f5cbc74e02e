import LoopbackServer

/// Statuses that are not a success.
extension AnswerFault {
    /// Statuses by which an upstream reports its own failure.
    static let failures: [AnswerFault] = [500, 502, 503, 504].flatMap { status in
        [
            .answer("status \(status) with a page of HTML") { _ in
                .respond(
                    status: status,
                    headers: [HeaderField("Content-Type", "text/html"), HeaderField("X-Message", words)],
                    body: Array("<!doctype html><title>\(words)</title>".utf8)
                )
            },
            .answer("status \(status) with an empty body") { _ in .respond(status: status) },
        ]
    }

    /// A success in the body under a failure status.
    static let contradictions: [AnswerFault] = [400, 401, 403, 404, 405, 409, 410, 418, 422, 451, 500, 501, 503, 599]
        .map { status in
            .answer("the right answer under status \(status)") { [.respond($0.correct.with(status: status))] }
        }

    /// Success without a result.
    static let noContent: [AnswerFault] = [
        .answer("status 204") { _ in [.respond(ServerResponse(status: 204, framing: .untilClose))] },
        .answer("status 205") { _ in .respond(status: 205) },
    ]

    /// How long the answers of ``patience`` ask to wait, in seconds.
    static let secondsOfPatience = 60

    /// An upstream that accepts no more requests for now: `Retry-After` in both forms of RFC 9110 §10.2.3. The date is
    /// ``secondsOfPatience`` after ``ProviderConformance/now``.
    static let patience: [AnswerFault] = ["\(secondsOfPatience)", "Fri, 02 Jan 2026 03:05:05 GMT"].map { text in
        .answer("status 429 with Retry-After: \(text)") { _ in
            .respond(status: 429, headers: [HeaderField("Retry-After", text)], body: Array(words.utf8))
        }
    }

    /// Redirects to the correct answer; no one may follow them.
    static let redirects = redirects(to: "https://elsewhere.invalid/")

    static func redirects(to location: String) -> [AnswerFault] {
        [300, 301, 302, 303, 304, 307, 308].map { status in
            .answer("status \(status)") {
                var response = $0.correct.with(status: status, headers: [HeaderField("Location", location)])
                // What follows a 304 is the next answer (RFC 9110 §15.4.5).
                if status == 304 { response.body = [] }
                return [.respond(response)]
            }
        }
    }
}
