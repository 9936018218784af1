// The peer on Node's own http module: one process a processor, no framework.
'use strict';
const cluster = require('cluster');
const http = require('http');
const os = require('os');

const answers = {
    '/plaintext': (response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 13 });
        response.end('Hello, World!');
    },
    '/json': (response) => {
        const body = JSON.stringify({ message: 'Hello, World!' });
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
        response.end(body);
    },
};

function answer(request, response) {
    const make = answers[request.url];
    if (make !== undefined)
        return make(response);
    response.writeHead(404);
    response.end();
}

if (cluster.isPrimary) {
    for (let i = 0; i < os.cpus().length; i++)
        cluster.fork();
} else {
    const server = http.createServer(answer);
    server.keepAliveTimeout = 300000;
    server.listen(Number(process.argv[2]), '127.0.0.1', 4096);
}
