// query.js FOLDER: answers one SQL query on stdin as comma-separated rows, without a header, as `duckdb -csv -noheader :memory:` does. FOLDER has the node_modules of package.json.
const fs = require("fs"), path = require("path");
const { DuckDBInstance } = require(path.join(path.resolve(process.argv[2]), "node_modules", "@duckdb", "node-api"));

async function answer(sql) {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const rows = await connection.runAndReadAll(sql);
    for (const row of rows.getRows()) console.log(row.join(","));
}

answer(fs.readFileSync(0, "utf8")).catch(error => { console.error(error.message); process.exit(1); });
