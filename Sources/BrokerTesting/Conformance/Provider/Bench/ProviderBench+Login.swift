import IdentityBroker
import LoopbackServer

extension ProviderBench {
    /// A person with a fresh credential, at their own broker over the bench's store.
    ///
    /// - Parameters:
    ///   - instance: The instance that they use; by default the bench's own.
    ///   - transport: The transport of their requests; by default the bench's own.
    ///   - isBegunElsewhere: Whether the credential comes from a broker that can reach the upstream.
    ///   - store: The store that reserves the credential; by default the bench's own.
    func visit(
        of person: Person? = nil,
        _ treatment: Treatment = .correct,
        to instance: ProviderInstance? = nil,
        over transport: (any UpstreamTransport)? = nil,
        beginningElsewhere isBegunElsewhere: Bool = false,
        rememberingIn store: MemoryStore? = nil
    ) async throws -> Visit {
        let person = person ?? self.person()
        let (recorder, store, isUsual) = (LoginRecorder(), store ?? self.store, instance == nil)
        let instance = try instance ?? self.instance(logger: recorder.log.makeLogger())
        let broker = try Broker(
            providers: [instance],
            transport: transport ?? self.transport,
            store: store,
            clock: brokerClock,
            randomness: .seeded(person.seed),
            logger: recorder.log.makeLogger(),
            tracer: recorder.tracer
        )
        stage.expect(person, treatment)
        let isBegunHere = !isBegunElsewhere && (isUsual || transport != nil)
        let origin = try isBegunHere ? broker : self.origin(for: person, at: instance.id)
        let credential = try await fixture.credential(of: person, for: instance.id, at: origin)
        return Visit(
            person: person, credential: credential, provider: instance.id, broker: broker, store: store,
            secrets: fixture.secrets, recorder: recorder)
    }

    /// A broker where a login can begin although its own instance may not reach the upstream: a flow can end at any
    /// broker that has the instance.
    func origin(for person: Person, at id: ProviderID) throws -> Broker {
        let instance = try instance(document(id: id))
        return try Broker(
            providers: [instance], transport: transport, clock: brokerClock, randomness: .seeded(person.seed))
    }

    /// The login of a person with a fresh credential.
    func login(of person: Person? = nil, _ treatment: Treatment = .correct) async throws -> Attempt {
        try await visit(of: person, treatment).login()
    }

    /// The identity from an undisturbed login of this person.
    func identity(of person: Person? = nil) async throws -> Identity {
        try await login(of: person).identity()
    }

    /// The login of a person whose request with this number the upstream answers with this fault.
    func login(under fault: AnswerFault, at request: Int = 1) async throws -> Attempt {
        let gate = Turnstile()
        let visit = try await visit(under: fault, at: request, stallingAt: gate)
        guard fault.course == .stalling else { return await visit.login() }
        return try await visit.login(at: { try await gate.waitUntilHeld() }) { _ in passDeadline() }
    }

    /// A person to whom the upstream does this; if it stalls, the gate holds it.
    func visit(under fault: AnswerFault, at request: Int = 1, stallingAt gate: Turnstile) async throws -> Visit {
        let script: Treatment.Answer =
            switch fault.course {
            case .ending: fault.script
            case .stalling: { fault.script($0).followed(by: [.wait(for: gate), .close]) }
            }
        return try await visit(Treatment(answers: [request: script]))
    }

    /// A transport for requests that concern a person, while the bench's own carries the rest: nothing, if logins share
    /// nothing.
    func carrying(people transport: any UpstreamTransport) -> DividedTransport {
        DividedTransport(people: transport, others: self.transport) { [fixture, stage] in
            fixture.sharedRequests > 0 && stage.isShared($0)
        }
    }

    /// Has the visit's broker fetch the app's token, if there is one, so that the next connection is the visitor's. Someone
    /// else logs in, over a connection that is not kept.
    func fetchAppToken(at visit: Visit) async throws {
        guard fixture.appToken != nil else { return }
        var other = visit
        other.person = person(2)
        let answer: Treatment.Answer = { scene in
            var response = scene.correct
            response.headers.append(HeaderField("Connection", "close"))
            return [.respond(response), .close]
        }
        stage.expect(other.person, Treatment(answers: [fixture.requestsPerLogin: answer]))
        other.credential = try await fixture.credential(of: other.person, for: visit.provider, at: visit.broker)
        _ = try await other.login().identity()
    }

    /// How many requests that concern a person have arrived: all of them, if logins share nothing.
    var personalRequestCount: Int {
        upstream.requests.count - (fixture.sharedRequests > 0 ? stage.sharedRequestCount : 0)
    }

    /// The requests of a login, as the upstream received them.
    func requests(of person: Person) -> [ReceivedRequest] {
        stage.requests(of: person)
    }
}
