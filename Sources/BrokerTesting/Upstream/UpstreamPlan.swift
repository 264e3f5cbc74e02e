import LoopbackServer

/// What a fake upstream will do: first what was queued, then always the same.
struct UpstreamPlan: Sendable {
    private var scripts: [ServerScript] = []
    private var handshakeFaults: [HandshakeFault] = []
    private let lastingHandshakeFault: HandshakeFault?

    init(lastingHandshakeFault: HandshakeFault?) {
        self.lastingHandshakeFault = lastingHandshakeFault
    }

    mutating func append(_ script: ServerScript) {
        scripts.append(script)
    }

    mutating func append(_ fault: HandshakeFault) {
        handshakeFaults.append(fault)
    }

    mutating func nextScript() -> ServerScript? {
        scripts.isEmpty ? nil : scripts.removeFirst()
    }

    mutating func nextHandshakeFault() -> HandshakeFault? {
        handshakeFaults.isEmpty ? lastingHandshakeFault : handshakeFaults.removeFirst()
    }
}
