import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers

/// A login that succeeds, and then one for every way to fail. They are made once, since many rules examine nothing
/// else.
final class FinishedLogins<Fixture: ProviderFixture>: Sendable {
    private let making = NIOLockedValueBox<Task<[FinishedLogin], any Error>?>(nil)

    /// All of them; the first is the success.
    ///
    /// - Throws: What prevents them from being made. The next caller tries again.
    func all(of kit: ProviderRules<Fixture>) async throws -> [FinishedLogin] {
        let task = making.withLockedValue { making in
            let task = making ?? Task { try await Self.make(for: kit) }
            making = task
            return task
        }
        do {
            return try await task.value
        } catch {
            making.withLockedValue { $0 = nil }
            throw error
        }
    }

    private static func make(for kit: ProviderRules<Fixture>) async throws -> [FinishedLogin] {
        let bench = try await ProviderBench.open(for: kit)
        let outcome = await Outcome { try await bench.finishedLogins() }
        await bench.close()
        return try outcome.get()
    }
}

extension ProviderBench {
    fileprivate func finishedLogins() async throws -> [FinishedLogin] {
        var logins = [try await finish("a good credential") { try await login() }]
        for fault in AnswerFault.all {
            for request in 1...fixture.requestsPerLogin {
                let circumstances = circumstances(of: fault, at: request)
                logins.append(try await finish(circumstances) { try await login(under: fault, at: request) })
            }
        }
        for refusal in fixture.refusals {
            logins.append(try await finish("\(refusal)") { try await login(under: refusal) })
        }
        for variant in ProviderConformance.Variant.refused {
            // If the upstream does not have a variant, this makes one more login that fails or succeeds.
            logins.append(
                try await finish(variant.circumstances) { try await login(of: person(), Treatment(variant: variant)) })
        }
        return logins
    }

    /// A login, and the result of presenting its credential once more.
    private func finish(_ circumstances: String, _ login: () async throws -> Attempt) async throws -> FinishedLogin {
        let before = personalRequestCount
        let attempt = try await login()
        let requests = requests(of: attempt.person)
        let between = personalRequestCount
        // An unused credential would be redeemed now, which is not part of the login under examination.
        let again: Attempt? =
            if case .failure(let error) = attempt.outcome, error.credential == .unused { nil } else {
                await attempt.visit.login()
            }
        return FinishedLogin(
            circumstances: circumstances, attempt: attempt, canaries: attempt.canaries + fixture.secretCanaries,
            requests: requests, sentCount: between - before, again: again,
            sentCountAgain: personalRequestCount - between)
    }
}

/// A finished login, and what the upstream saw of it.
struct FinishedLogin: Sendable {
    /// What was wrong with it.
    let circumstances: String
    let attempt: Attempt
    /// The texts that must appear nowhere.
    let canaries: [Canary]
    /// The requests with the person's tag.
    let requests: [ReceivedRequest]
    /// How many requests arrived meanwhile, for any person.
    let sentCount: Int
    /// The result of presenting the same credential again; nil if it was not.
    let again: Attempt?
    /// How many requests arrived meanwhile.
    let sentCountAgain: Int
}
