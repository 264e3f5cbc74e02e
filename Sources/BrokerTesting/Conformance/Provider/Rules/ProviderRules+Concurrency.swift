import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var concurrencyRules: [ConformanceCase] {
        [
            rule(
                "each of sixteen simultaneous logins signs in its own person",
                because:
                    "A provider keeps no state between logins. If it does, one person may be signed in as another."
            ) { bench in
                let gate = Turnstile()
                let held = Treatment(answers: [1: { ServerScript([.respond($0.correct)]).held(at: gate) }])
                let visits = try await bench.visits(of: 1...16, held)
                let attempts = try await bench.logins(of: visits) {
                    // All of them have sent a request before any of them is answered.
                    try await gate.waitUntilHeld(16)
                    gate.open()
                }
                for attempt in attempts {
                    let differences = try attempt.identity().differences(from: fixture.expectation(of: attempt.person))
                    try require(differences.isEmpty, "one of sixteen identities has unexpected values: \(differences)")
                }
            },
            rule(
                "a login that waits for its answer delays no other",
                because: "One person's slow request must not slow down others."
            ) { bench in
                let gate = Turnstile()
                let held = Treatment(answers: [1: { ServerScript([.respond($0.correct)]).held(at: gate) }])
                let visits = try await bench.visits(of: 1...4, .correct)
                bench.stage.expect(visits[0].person, held)
                let attempts = try await bench.logins(of: Array(visits.prefix(1))) {
                    try await gate.waitUntilHeld()
                    for visit in visits.dropFirst() {
                        _ = try await visit.login().identity("while another waits")
                    }
                    gate.open()
                }
                for attempt in attempts { _ = try attempt.identity("after it was held up") }
            },
        ]
    }

    var isolationRules: [ConformanceCase] {
        [
            rule(
                "two instances of the type are isolated",
                because: "They may be two customers, or production and a trial. Neither may know the other's data."
            ) { bench in
                let stage = UpstreamStage(fixture)
                let elsewhere = try await FakeUpstream.start { stage.answer($0) }
                let outcome = await Outcome { try await bench.checkSeparation(from: elsewhere, stage) }
                await elsewhere.stop()
                try outcome.get()
            },
            rule(
                "an instance that is disabled during an exchange signs no one in",
                because: """
                    A login begun before the switch was thrown must not succeed after it (CVE-2026-1486, \
                    CVE-2026-3009).
                    """
            ) { bench in
                let gate = Turnstile()
                let held = Treatment(answers: [1: { ServerScript([.respond($0.correct)]).held(at: gate) }])
                let visit = try await bench.visit(held)
                let attempt = try await visit.login(at: { try await gate.waitUntilHeld() }) { _ in
                    visit.broker.setEnabled(false, for: visit.provider)
                    gate.open()
                }
                try attempt.mustFail(as: [.providerDisabled], "disabled meanwhile")
            },
        ]
    }
}

extension ProviderBench {
    /// Different people with these numbers, all at one broker.
    func visits(
        of numbers: ClosedRange<Int>,
        _ treatment: Treatment,
        beginningElsewhere isBegunElsewhere: Bool = false
    ) async throws -> [Visit] {
        let first = try await visit(
            of: person(numbers.lowerBound), treatment, beginningElsewhere: isBegunElsewhere)
        var visits = [first]
        for number in numbers.dropFirst() {
            var visit = first
            visit.person = person(number)
            stage.expect(visit.person, treatment)
            let origin = try isBegunElsewhere ? origin(for: visit.person, at: visit.provider) : visit.broker
            visit.credential = try await fixture.credential(of: visit.person, for: visit.provider, at: origin)
            visits.append(visit)
        }
        return visits
    }

    /// Logs all of them in at once, and does something meanwhile.
    func logins(
        of visits: [Visit],
        while body: @escaping @Sendable () async throws -> Void
    ) async throws -> [Attempt] {
        try await withThrowingTaskGroup(of: Attempt?.self) { group in
            for visit in visits { group.addTask { await visit.login() } }
            group.addTask {
                try await body()
                return nil
            }
            return try await group.reduce(into: []) { attempts, attempt in if let attempt { attempts.append(attempt) } }
        }
    }

    /// Checks that logins at this bench's instance and at one with another upstream do not affect each other.
    fileprivate func checkSeparation(from elsewhere: FakeUpstream, _ stage: UpstreamStage<Fixture>) async throws {
        var document = document(id: "elsewhere", settings: fixture.settings(upstream: elsewhere.baseURL))
        document.caFile = elsewhere.caFile
        let instances = [try instance(), try instance(document)]
        let broker = try Broker(providers: instances, transport: transport, store: store, clock: brokerClock)
        for number in 1...4 {
            let isElsewhere = number.isMultiple(of: 2)
            let (person, provider) = (person(number), instances[isElsewhere ? 1 : 0].id)
            for stage in [self.stage, stage] { stage.expect(person, .correct) }
            let credential = try await fixture.credential(of: person, for: provider, at: broker)
            let visit = Visit(
                person: person, credential: credential, provider: provider, broker: broker, store: store,
                secrets: fixture.secrets)
            let identity = try await visit.login().identity("at one of two instances")
            let differences = identity.differences(from: fixture.expectation(of: person))
            try require(
                differences.isEmpty, "at one of two instances, the identity has unexpected values: \(differences)")
            let issuer = instances[isElsewhere ? 1 : 0].issuer.flatMap(fixture.identityIssuer)
            try require(identity.issuer == issuer, "the issuer is the other instance's")
            let strays = (isElsewhere ? self.stage : stage).requests(of: person).count
            try require(strays == 0, "a request went to the other instance's upstream")
        }
    }
}
