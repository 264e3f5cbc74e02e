import BrokerTesting
import LoopbackServer
import broker_probe

/// An upstream that redeems any ticket, any number of times, and counts how often each was presented.
struct TicketOffice: Sendable {
    let upstream: FakeUpstream

    /// Opens an office, runs the body with it and closes it.
    ///
    /// - Parameter counter: A gate that every answer waits for.
    static func open(answeringAt counter: Turnstile, _ body: (TicketOffice) async throws -> Void) async throws {
        try await FakeUpstream.withUpstream(answer: { request in
            .respond(body: Array(subject(of: request.bodyText).utf8)).held(at: counter)
        }) { upstream in
            try await body(TicketOffice(upstream: upstream))
        }
    }

    /// Opens an office that answers at once, runs the body with it and closes it.
    static func open(_ body: (TicketOffice) async throws -> Void) async throws {
        let counter = Turnstile()
        counter.open()
        try await open(answeringAt: counter, body)
    }

    /// The subject of a ticket. It does not contain the ticket: the broker refuses an id that repeats a credential.
    static func subject(of ticket: String) -> String { "holder-of-\(String(ticket.reversed()))" }

    /// How often each ticket was presented.
    var presentations: [String: Int] {
        Dictionary(upstream.requests.map { ($0.bodyText, 1) }, uniquingKeysWith: +)
    }

    /// Logins with these tickets.
    func logins(_ tickets: [String], concurrency: Int = 1, leadToAccounts: Bool = false) -> LoginBatch {
        LoginBatch(
            tickets: tickets,
            concurrency: concurrency,
            leadsToAccount: leadToAccounts,
            baseURL: upstream.baseURL,
            caFile: upstream.caFile
        )
    }
}
