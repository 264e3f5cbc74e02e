import IdentityBroker
import OAuthClient
import StrictJSON

/// An e-mail address, and what the upstream says of its verification.
struct EmailStatement: Sendable {
    let address: String
    let verified: JSONValue?
}

extension OAuth2Provider {
    /// The address to use, by a request of its own.
    ///
    /// - Returns: No address if it is not asked for, if there is none, or if its failure is only noted.
    /// - Throws: ``BrokerError``.
    func email(
        for answer: TokenAnswer,
        in exchange: ExchangeContext
    ) async throws -> (EmailStatement?, [OAuth2Notice]) {
        guard let emails else { return (nil, []) }
        guard emails.rule == .auto else {
            guard let email = try await email(from: emails, for: answer, in: exchange) else {
                throw AnswerReader.fault(.emails, "has no address to use")
            }
            return (email, [])
        }
        // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        do {
            return (try await email(from: emails, for: answer, in: part), [])
        } catch let error as BrokerError where error.kind != .cancelled && !exchange.deadline.isOver {
            return (nil, [.emailsUnreadable])
        }
    }

    private func email(
        from emails: Emails,
        for answer: TokenAnswer,
        in exchange: ExchangeContext
    ) async throws -> EmailStatement? {
        let request = try request(emails.request.use, to: emails.endpoint, with: answer)
        let contents = try reader.read(try await exchange.send(request), from: .emails)
        guard let list = emails.request.list.value(in: contents)?.array else {
            throw AnswerReader.fault(.emails, "has no list where it is declared")
        }
        let (primary, verified) = (emails.request.primary, emails.request.verified)
        let element = list.first { primary.isEmpty || primary.flag(in: $0)?.bool == true }
        guard let element, let address = emails.request.address.value(in: element)?.string else { return nil }
        return EmailStatement(address: address, verified: verified.flag(in: element))
    }
}
