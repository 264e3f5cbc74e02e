import IdentityBroker

/// What one of GenAuth's codes means for a login, in our own words: an upstream's text is never repeated.
struct Refusal: Sendable {
    /// The business codes, and HTTP statuses of the same number, with this meaning.
    let codes: [Int64]
    let kind: BrokerError.Kind
    let message: String

    init(_ codes: [Int64], _ kind: BrokerError.Kind, _ message: String) {
        self.codes = codes
        self.kind = kind
        self.message = message
    }
}

extension Refusal {
    private static let byCode: [Int64: Refusal] = Dictionary(
        uniqueKeysWithValues: table.flatMap { refusal in refusal.codes.map { ($0, refusal) } }
    )

    /// What a business code means. GenAuth also puts HTTP statuses there (`statusCode`), which have their usual
    /// meaning; an unlisted code means at least that the ticket was not accepted.
    static func of(businessCode code: Int64) -> Refusal {
        byCode[code] ?? ((500..<600).contains(code) ? serverFailed : ticketRefused)
    }

    /// What an HTTP status without a business code means.
    static func of(httpStatus status: Int) -> Refusal {
        switch status {
        case 400..<500: byCode[Int64(status)] ?? ticketRefused
        case 500..<600: serverFailed
        default: unexpectedStatus
        }
    }

    private static let unexpectedStatus = Refusal(
        [],
        .upstreamMisbehaved,
        "GenAuth answered with an HTTP status that the exchange does not have."
    )
}
