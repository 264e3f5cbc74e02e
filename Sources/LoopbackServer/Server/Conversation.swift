import NIOCore

/// An accepted connection to be served.
struct Connection: Sendable {
    let transport: ConnectionTransport
    let requests: AsyncStream<ReceivedRequest>

    /// Serves until the script, the peer or cancellation ends the connection.
    func serve(with handler: @escaping LoopbackServer.Handler) async {
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                group.addTask {
                    var conversation = Conversation(transport: transport, requests: requests, handler: handler)
                    await conversation.run()
                }
                // A waiting script does not watch the connection; this task does.
                group.addTask { try? await transport.channel.closeFuture.get() }
                await group.next()
                group.cancelAll()
            }
        } onCancel: {
            transport.startCloseWithoutNotify()
        }
    }
}

/// The server's side of one connection: takes requests in turn and performs the script for each.
struct Conversation {
    private let transport: ConnectionTransport
    private let handler: LoopbackServer.Handler
    private var requests: AsyncStream<ReceivedRequest>.Iterator

    init(
        transport: ConnectionTransport, requests: AsyncStream<ReceivedRequest>,
        handler: @escaping LoopbackServer.Handler
    ) {
        self.transport = transport
        self.handler = handler
        self.requests = requests.makeAsyncIterator()
    }

    mutating func run() async {
        do {
            while let request = await requests.next(isolation: #isolation) {
                let last = try await perform(handler(request), answering: request)
                guard last.keepsConnectionOpen else { break }
            }
            await transport.close()
        } catch {
            // The peer is gone or the server stops: there is no one to notify.
            await transport.closeWithoutNotify()
        }
    }

    /// Performs a script and returns the last request it read.
    private mutating func perform(
        _ script: ServerScript, answering request: ReceivedRequest
    ) async throws -> ReceivedRequest {
        var request = request
        for step in script.steps {
            try Task.checkCancellation()
            switch step {
            case .send(let bytes):
                try await transport.write(bytes)
            case .respond(let response):
                try await transport.write(response.head + (request.method == "HEAD" ? [] : response.content))
            case .drip(let bytes, let pace):
                try await drip(bytes, pace: pace)
            case .flood(let chunk):
                try await flood(chunk)
            case .wait(let turnstile):
                try await turnstile.pass()
            case .readRequest:
                guard let next = await requests.next(isolation: #isolation) else { throw CancellationError() }
                request = next
            case .tunnel(let port):
                try await transport.tunnel(to: port)
            case .hang:
                try await Turnstile().pass()
            case .close:
                await transport.close()
            case .closeWithoutNotify:
                await transport.closeWithoutNotify()
            case .reset:
                await transport.reset()
            }
        }
        return request
    }

    private func drip(_ bytes: [UInt8], pace: DripPace) async throws {
        for byte in bytes {
            switch pace {
            case .each(let turnstile): try await turnstile.pass()
            case .every(let interval): try await Task.sleep(for: interval)
            }
            try await transport.write([byte])
        }
    }

    private func flood(_ chunk: [UInt8]) async throws {
        while true {
            try Task.checkCancellation()
            try await transport.write(chunk)
        }
    }
}
